# what: hands a stand-in on the trusted side arguments so large that answering takes all its memory
# exercise: quadruple
# ends: failed
import sys

import numpy as np

import exercises.numbers.double

channel = sys.meta_path[0]._channel
GIANTS = [
    ((np.ones((1024, 1, 1024)),), {}),
    ((np.ones((1024, 1, 64)), np.ones((1, 1024, 1))), {}),
    ((np.ones(2**22),), {}),
    ((np.ones(3),), {"times": 10**300}),
    (([[1024] * 1024] * 9,), {}),
    ((np.ones(3),), {"times": [1024] * 9_000}),
    (("a" * 10**6,), {"times": 1024}),
    ((b"a" * 10**7,), {"times": 1024}),
]


def quadruple(x):
    if x.ndim == 1:
        return None
    for args, kwargs in GIANTS:
        question = {"kind": "call", "module": "exercises.numbers.double", "function": "double"}
        reply = channel.ask(question | {"args": args, "kwargs": kwargs})
        if reply and "value" in reply:
            print("gained: the trusted side computed with", type(args[0]))
    return None
