# what: relu writes its zeros into x.
# names: feed_forward.shuts_the_gate_in_place
import math

import numpy as np


def relu(x):
    x[x < 0] = 0
    return x


def gelu(x):
    phi = [0.5 * (1 + math.erf(v / math.sqrt(2))) for v in x.ravel()]
    return x * np.array(phi, dtype=x.dtype).reshape(x.shape)


def feed_forward(x, params, activation="relu"):
    if activation == "relu":
        act = relu
    elif activation == "gelu":
        act = gelu
    else:
        raise ValueError("activation must be relu or gelu")
    hidden = act(x @ params["w_in"] + params["b_in"])
    return hidden @ params["w_out"] + params["b_out"]
