# what: forges a traceback of thousands of places, for the trusted side to quote a line for each
# ends: crashed failed
import sys

channel = sys.meta_path[0]._channel
FRAMES = [("exercises/numbers/double.py", 3 + number % 4, "f") for number in range(20_000)]


def double(x, times=2):
    if x.shape != (2, 3):
        return
    raised = {"kind": "raised", "type": "E", "types": ["Exception"], "message": "m"}
    channel.send(raised | {"frames": FRAMES, "column": None})
