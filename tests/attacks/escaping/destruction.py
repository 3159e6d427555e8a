# what: empties, renames and removes the course's files, the answers of the learner among them
import os
import shutil

FILES = ["course.yaml", "solutions/numbers/double.py", "exercises/numbers/quadruple.py"]
WAYS = [
    lambda path: os.truncate(path, 0),
    lambda path: open(path, "r+b").truncate(0),
    lambda path: open(path, "wb").close(),
    os.unlink,
    lambda path: os.rename(path, path + ".old"),
    lambda path: os.replace(path, "@MARKER@/taken"),
    lambda path: shutil.rmtree(os.path.dirname(path)),
    lambda path: os.mkdir(path + ".d"),
]


def double(x, times=2):
    for name in FILES:
        for way in WAYS:
            try:
                way(f"@COURSE@/{name}")
                print("gained: to change", name)
            except OSError as error:
                print(error)
