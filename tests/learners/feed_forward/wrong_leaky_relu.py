# what: in `relu`, negative numbers are multiplied by 0.01 (a leaky relu) instead of becoming 0
# names: feed_forward.lets_negative_numbers_leak

import math

import numpy as np


def relu(x):
    return np.where(x > 0, x, 0.01 * x).astype(x.dtype)


def gelu(x):
    flat = [v * (1 + math.erf(v / math.sqrt(2))) / 2 for v in np.ravel(x).tolist()]
    return np.array(flat).reshape(np.shape(x)).astype(x.dtype)


ACTIVATIONS = {"relu": relu, "gelu": gelu}


def feed_forward(x, params, activation="relu"):
    if activation not in ACTIVATIONS:
        raise ValueError("activation must be relu or gelu")
    h = np.einsum("...i,ij->...j", x, params["w_in"]) + params["b_in"]
    h = ACTIVATIONS[activation](h)
    return np.einsum("...i,ij->...j", h, params["w_out"]) + params["b_out"]
