# what: erf(x) instead of erf(x / sqrt 2) in gelu.
# names: feed_forward.forgets_the_root_of_two
import math

import numpy as np


def relu(x):
    return np.maximum(0, x)


def gelu(x):
    erf = np.vectorize(math.erf, otypes=[x.dtype])
    return x * (1 + erf(x)) / 2


def feed_forward(x, params, activation="relu"):
    if activation == "relu":
        act = relu
    elif activation == "gelu":
        act = gelu
    else:
        raise ValueError("activation must be relu or gelu")
    hidden = act(x @ params["w_in"] + params["b_in"])
    return hidden @ params["w_out"] + params["b_out"]
