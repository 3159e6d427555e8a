# what: opens the definition of its exercise, which lies where everybody may read it
# tiers: landlock bubblewrap
import os
import re
import sys

import numpy as np

PATH = "@COURSE@/solutions/numbers/double.py"


def source():
    for path in (PATH, "/proc/self/cwd" + PATH, "/proc/@PID@/root" + PATH, "/proc/1/root" + PATH):
        for opened in (open, os.open):
            try:
                found = opened(path, *([os.O_RDONLY] if opened is os.open else []))
            except OSError as error:
                print(error)
                continue
            print("gained: the solution")
            return os.read(found, 10**6).decode() if opened is os.open else found.read()
    sys.exit(1)


def double(x, times=2):
    names = {"np": np}
    exec(re.split("@exercise.(?:reference|case)", source())[1], names)
    return names["double"](x, times)
