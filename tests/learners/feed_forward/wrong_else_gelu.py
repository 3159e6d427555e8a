# what: everything that is not "relu" is treated as gelu; no ValueError.
# names: feed_forward.takes_anything_else_for_gelu
import math

import numpy as np


def relu(x):
    return np.maximum(x, np.zeros_like(x))


def gelu(x):
    cdf = np.array([0.5 * (1 + math.erf(v / math.sqrt(2))) for v in x.flat], dtype=x.dtype)
    return x * cdf.reshape(x.shape)


def feed_forward(x, params, activation="relu"):
    z = x @ params["w_in"] + params["b_in"]
    a = relu(z) if activation == "relu" else gelu(z)
    return a @ params["w_out"] + params["b_out"]
