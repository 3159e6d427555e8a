# what: gelu is the tanh approximation.
# names: feed_forward.approximates_with_tanh
import math

import numpy as np


def relu(x):
    return np.maximum(x, 0)


def gelu(x):
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def feed_forward(x, params, activation="relu"):
    if activation == "relu":
        act = relu
    elif activation == "gelu":
        act = gelu
    else:
        raise ValueError("activation must be relu or gelu")
    hidden = act(x @ params["w_in"] + params["b_in"])
    return hidden @ params["w_out"] + params["b_out"]
