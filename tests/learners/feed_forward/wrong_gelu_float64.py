# what: np.vectorize(math.erf) returns float64, so gelu of float32 is float64 and feed_forward with it.
# names: feed_forward.gelu_loses_single_precision
import math

import numpy as np


def relu(x):
    return np.maximum(x, 0)


def gelu(x):
    erf = np.vectorize(math.erf)
    return 0.5 * x * (1.0 + erf(x / np.sqrt(2)))


def feed_forward(x, params, activation="relu"):
    if activation == "relu":
        act = relu
    elif activation == "gelu":
        act = gelu
    else:
        raise ValueError("activation must be relu or gelu")
    hidden = act(x @ params["w_in"] + params["b_in"])
    return hidden @ params["w_out"] + params["b_out"]
