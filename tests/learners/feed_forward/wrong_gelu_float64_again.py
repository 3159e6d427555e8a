# what: the vectorised erf gives float64, so gelu turns float32 into float64 and feed_forward with it.
# names: feed_forward.gelu_loses_single_precision
import math

import numpy as np

erf = np.vectorize(math.erf)


def relu(x):
    return np.maximum(x, 0)


def gelu(x):
    return 0.5 * x * (1 + erf(x / math.sqrt(2)))


def feed_forward(x, params, activation="relu"):
    if activation not in ["relu", "gelu"]:
        raise ValueError("Unsupported activation")
    x = x @ params["w_in"] + params["b_in"]
    x = gelu(x) if activation == "gelu" else relu(x)
    return x @ params["w_out"] + params["b_out"]
