# what: hands a stand-in on the trusted side thousands of small things, or a text to go through
# exercise: quadruple
# ends: failed
import sys

import numpy as np

import exercises.numbers.double

channel = sys.meta_path[0]._channel
SMALL = np.ones((8, 8))
MANY = [
    (([SMALL] * 2000,), {}),
    ((SMALL,), {"times": [SMALL] * 1000}),
    (([[1.0] * 100] * 100,), {}),
    ((SMALL,), {"times": {str(number): number for number in range(1000)}}),
    (tuple([SMALL] * 1000), {}),
    (("words" * 10_000,), {"times": 1000}),
    ((["words" * 10] * 400,), {}),
    ((b"words" * 10_000,), {}),
    ((SMALL,), {"times": np.array(10**9)}),
    ((np.float64(1e300),), {}),
]


def quadruple(x):
    if x.ndim == 1:
        return None
    for args, kwargs in MANY:
        question = {"kind": "call", "module": "exercises.numbers.double", "function": "double"}
        reply = channel.ask(question | {"args": args, "kwargs": kwargs})
        if reply and "too large" not in reply.get("message", ""):
            print("gained: the trusted side began to compute")
    return None
