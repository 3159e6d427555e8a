# what: gelu takes erf(x) instead of erf(x / sqrt(2)).
# names: feed_forward.forgets_the_root_of_two
import math

import numpy as np


def relu(x):
    return x.clip(min=0)


def gelu(x):
    erf = np.vectorize(math.erf, otypes=[x.dtype])
    return x * (1 + erf(x)) / 2


def feed_forward(x, params, activation="relu"):
    if activation not in ("relu", "gelu"):
        raise ValueError(f"bad activation {activation}")
    f = relu if activation == "relu" else gelu
    return f(x @ params["w_in"] + params["b_in"]) @ params["w_out"] + params["b_out"]
