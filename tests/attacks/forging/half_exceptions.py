# what: sends exceptions made of the wrong kinds of things, for the reader or the report to stumble
import sys

channel = sys.meta_path[0]._channel
SOUND = {"kind": "raised", "type": "E", "types": [], "message": "m", "frames": [], "column": None}
FORGED = [
    {"types": [None, 3, ["x"]], "frames": [None, [], (1, 2, 3), ("a", True, "b")]},
    {"frames": [("exercises/numbers/double.py", line, "f") for line in (0, -1, 2**1000)]},
    {"column": -(2**1000), "frames": [("exercises/numbers/double.py", 1, "")]},
    {"message": "\ud800\udfff \x00 \x1b]0;passed\x07 \u202e", "type": "\x1b[2J"},
    {"types": ["NotImplementedError"] * 3000, "frames": [("\x1b[2Jpassed", 1, "\n\n\n")]},
]


def double(x, times=2):
    for parts in FORGED:
        channel.send(SOUND | parts)
