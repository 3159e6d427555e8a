# what: the second layer is activated as well.
# names: feed_forward.activates_twice
import math

import numpy as np


def relu(x):
    return x * (x > 0).astype(x.dtype)


def gelu(x):
    g = np.vectorize(lambda v: v * (1 + math.erf(v / math.sqrt(2))) / 2, otypes=[x.dtype])
    return g(x)


def feed_forward(x, params, activation="relu"):
    functions = {"relu": relu, "gelu": gelu}
    if activation not in functions:
        raise ValueError("activation")
    f = functions[activation]
    for w, b in (("w_in", "b_in"), ("w_out", "b_out")):
        x = f(x @ params[w] + params[b])
    return x
