# what: np.vectorize guesses int from a first number that is not positive, and cuts off all decimals.
# names: feed_forward.lets_the_first_number_decide_the_dtype
import math

import numpy as np

relu = np.vectorize(lambda v: v if v > 0 else 0)


def gelu(x):
    erf = np.vectorize(math.erf, otypes=[float])
    return (x * (1 + erf(x / math.sqrt(2))) / 2).astype(x.dtype)


def feed_forward(x, params, activation="relu"):
    if activation == "relu":
        act = relu
    elif activation == "gelu":
        act = gelu
    else:
        raise ValueError("activation must be relu or gelu")
    hidden = act(x @ params["w_in"] + params["b_in"])
    return hidden @ params["w_out"] + params["b_out"]
