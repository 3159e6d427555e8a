# what: in `gelu`, the tanh approximation is used instead of the exact form with erf
# names: feed_forward.approximates_with_tanh

import math

import numpy as np


def relu(x):
    return np.maximum(x, 0)


def gelu(x):
    c = math.sqrt(2.0 / math.pi)
    return (x * 0.5 * (1.0 + np.tanh(c * (x + 0.044715 * x**3)))).astype(x.dtype)


def feed_forward(x, params, activation="relu"):
    if activation == "relu":
        act = relu
    elif activation == "gelu":
        act = gelu
    else:
        raise ValueError(f"unknown activation {activation!r}")
    wide = x @ params["w_in"] + params["b_in"]
    return act(wide) @ params["w_out"] + params["b_out"]
