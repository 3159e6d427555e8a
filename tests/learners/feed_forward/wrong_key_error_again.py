# what: an unknown activation is looked up in a dict and raises KeyError instead of ValueError.
# names: feed_forward.leaves_the_refusal_to_the_dict
import math

import numpy as np


def relu(x):
    return (np.abs(x) + x) / 2


def gelu(x):
    return (x * np.vectorize(lambda t: 0.5 * math.erfc(-t / math.sqrt(2)), otypes=[float])(x)).astype(x.dtype)


ACTIVATIONS = {"relu": relu, "gelu": gelu}


def feed_forward(x, params, activation="relu"):
    act = ACTIVATIONS[activation]
    return act(x @ params["w_in"] + params["b_in"]) @ params["w_out"] + params["b_out"]
