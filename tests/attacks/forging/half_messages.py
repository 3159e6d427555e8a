# what: sends messages whose parts are missing or of the wrong kind, for the reader to stumble over
import sys

import numpy as np

channel = sys.meta_path[0]._channel
MESSAGES = {
    2: {"kind": np.arange(3)},
    6: {"kind": "returned", "value": 1, "args": [], "kwargs": ()},
    100: {"kind": "returned", "value": 1, "args": ({},) * 9, "kwargs": {"times": {1: {None: 2}}}},
    3: {"kind": "returned", "value": 1, "args": (), "kwargs": {0.5: 1, None: 2, True: 3, "x": 4}},
}


def double(x, times=2):
    channel.send(MESSAGES[x.size])
    return None
