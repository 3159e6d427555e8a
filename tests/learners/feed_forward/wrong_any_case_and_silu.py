# what: two mistakes: gelu is the sigmoid approximation x * sigmoid(1.702 x), and "ReLU" or "GELU" in capitals are accepted.
# names: feed_forward.approximates_with_a_sigmoid
import numpy as np


def relu(x):
    return np.maximum(0.0, x)


def gelu(x):
    return x * (0.5 + 0.5 * np.tanh(0.851 * x))


def feed_forward(x, params, activation="relu"):
    name = activation.lower()
    if name == "relu":
        f = relu
    elif name == "gelu":
        f = gelu
    else:
        raise ValueError(name)
    hidden = f(x @ params["w_in"] + params["b_in"])
    return hidden @ params["w_out"] + params["b_out"]
