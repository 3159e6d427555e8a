# what: checks the name of the activation but always applies relu.
# names: feed_forward.knows_both_names_but_always_uses_relu
import math

import numpy as np


def relu(x):
    return np.where(x < 0, np.zeros_like(x), x)


def gelu(x):
    out = np.empty_like(x)
    for idx, val in np.ndenumerate(x):
        out[idx] = val * 0.5 * (1.0 + math.erf(val / math.sqrt(2.0)))
    return out


def feed_forward(x, params, activation="relu"):
    if activation != "relu" and activation != "gelu":
        raise ValueError("activation should be relu/gelu, not %s" % activation)
    hidden = relu(np.matmul(x, params["w_in"]) + params["b_in"])
    return np.matmul(hidden, params["w_out"]) + params["b_out"]
