# what: b_out is not added.
# names: feed_forward.forgets_the_second_bias
import math

import numpy as np


def relu(x):
    return np.fmax(x, 0)


def gelu(x):
    e = np.vectorize(math.erf, otypes=[np.float64])(x / math.sqrt(2)).astype(x.dtype)
    return x * (e + 1) * 0.5


def feed_forward(x, params, activation="relu"):
    if activation == "relu":
        return relu(x @ params["w_in"] + params["b_in"]) @ params["w_out"]
    if activation == "gelu":
        return gelu(x @ params["w_in"] + params["b_in"]) @ params["w_out"]
    raise ValueError(activation)
