# what: in `feed_forward`, an activation that is neither of the two raises no ValueError: everything but relu is taken as gelu
# names: feed_forward.takes_anything_else_for_gelu

import math

import numpy as np


def relu(x):
    return np.maximum(x, 0)


def gelu(x):
    erf = np.vectorize(math.erf, otypes=[float])
    return (x * 0.5 * (1.0 + erf(x / math.sqrt(2.0)))).astype(x.dtype)


def feed_forward(x, params, activation="relu"):
    if activation == "relu":
        act = relu
    else:
        act = gelu
    wide = x @ params["w_in"] + params["b_in"]
    return act(wide) @ params["w_out"] + params["b_out"]
