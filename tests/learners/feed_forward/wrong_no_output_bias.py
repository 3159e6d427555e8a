# what: the second layer is without its bias.
# names: feed_forward.forgets_the_second_bias
import math

import numpy as np


def relu(x):
    return np.maximum(0, x)


def gelu(x):
    erf = np.vectorize(math.erf, otypes=[float])
    return (x * (1 + erf(x / math.sqrt(2))) / 2).astype(x.dtype)


def feed_forward(x, params, activation="relu"):
    if activation == "relu":
        act = relu
    elif activation == "gelu":
        act = gelu
    else:
        raise ValueError("unknown activation")
    return act(x @ params["w_in"] + params["b_in"]) @ params["w_out"]
