# what: relu is written out inside feed_forward and not defined as a function.
import math

import numpy as np


def gelu(x):
    erf = np.vectorize(math.erf, otypes=[float])
    return (x * (1 + erf(x / math.sqrt(2))) / 2).astype(x.dtype)


def feed_forward(x, params, activation="relu"):
    hidden = x @ params["w_in"] + params["b_in"]
    if activation == "relu":
        hidden = np.maximum(hidden, 0)
    elif activation == "gelu":
        hidden = gelu(hidden)
    else:
        raise ValueError("unknown activation")
    return hidden @ params["w_out"] + params["b_out"]
