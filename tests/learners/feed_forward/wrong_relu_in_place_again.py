# what: relu writes zeros into the array it was given.
# names: feed_forward.shuts_the_gate_in_place
import math

import numpy as np


def relu(x):
    x[x < 0] = 0
    return x


def gelu(x):
    root = math.sqrt(2)
    phi = np.vectorize(lambda v: (1 + math.erf(v / root)) / 2, otypes=[x.dtype])
    return x * phi(x)


def feed_forward(x, params, activation="relu"):
    wide = x @ params["w_in"] + params["b_in"]
    if activation == "relu":
        wide = relu(wide)
    elif activation == "gelu":
        wide = gelu(wide)
    else:
        raise ValueError("no such activation: " + activation)
    return wide @ params["w_out"] + params["b_out"]
