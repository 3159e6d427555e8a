# what: hands a stand-in on the trusted side arguments of every wrong kind, for it to stumble over
# exercise: quadruple
# ends: failed
import sys

import numpy as np

import exercises.numbers.double

channel = sys.meta_path[0]._channel
VALUES = [None, True, -3, 2.5, "", "nan", b"", [], (), {}, {"a": []}, float("nan"), [None], {1: 2}]
VALUES += [np.ones(0), np.array(2.0), np.array([True]), np.ones(2, complex), np.uint8([1])]
KEYS = ["times", "x", "self", "", "__class__", 3]


def quadruple(x):
    call = {"kind": "call", "module": "exercises.numbers.double", "function": "double"}
    for one in VALUES:
        channel.ask(call | {"args": (one,), "kwargs": {}})
        for other in VALUES:
            channel.ask(call | {"args": (one, other), "kwargs": {}})
        for key in KEYS:
            channel.ask(call | {"args": (x,), "kwargs": {key: one}})
        channel.ask(call | {"args": one, "kwargs": {}})
        channel.ask(call | {"args": (x,), "kwargs": one})
        channel.ask(call | {"args": (), "kwargs": {}, "function": one})
    return None
