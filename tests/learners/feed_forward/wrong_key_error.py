# what: an unknown activation ends in a KeyError, not a ValueError.
# names: feed_forward.leaves_the_refusal_to_the_dict
import math

import numpy as np


def relu(x):
    return np.maximum(0, x)


def gelu(x):
    erf = np.vectorize(math.erf, otypes=[float])
    return (x * (1 + erf(x / math.sqrt(2))) / 2).astype(x.dtype)


def feed_forward(x, params, activation="relu"):
    act = {"relu": relu, "gelu": gelu}[activation]
    hidden = act(x @ params["w_in"] + params["b_in"])
    return hidden @ params["w_out"] + params["b_out"]
