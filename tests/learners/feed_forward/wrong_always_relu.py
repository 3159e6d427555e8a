# what: checks the name of the activation but always applies relu.
# names: feed_forward.knows_both_names_but_always_uses_relu
import math

import numpy as np


def relu(x):
    return np.maximum(0, x)


def gelu(x):
    phi = np.array([(1 + math.erf(v / math.sqrt(2))) / 2 for v in x.flat], dtype=x.dtype)
    return x * phi.reshape(x.shape)


def feed_forward(x, params, activation="relu"):
    if activation not in ("relu", "gelu"):
        raise ValueError("unknown activation")
    hidden = relu(x @ params["w_in"] + params["b_in"])
    return hidden @ params["w_out"] + params["b_out"]
