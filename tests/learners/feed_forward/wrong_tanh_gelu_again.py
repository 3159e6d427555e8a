# what: gelu is the tanh approximation of GPT-2, not the exact form.
# names: feed_forward.approximates_with_tanh
import math

import numpy as np


def relu(x):
    return np.maximum(0, x)


def gelu(x):
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def feed_forward(x, params, activation="relu"):
    h = x @ params["w_in"] + params["b_in"]
    if activation == "relu":
        h = relu(h)
    elif activation == "gelu":
        h = gelu(h)
    else:
        raise ValueError("unknown activation")
    return h @ params["w_out"] + params["b_out"]
