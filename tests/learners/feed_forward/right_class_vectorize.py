import math

import numpy as np


class FeedForward:
    erf = staticmethod(np.vectorize(math.erf, otypes=[np.float64]))

    def __init__(self, params, activation):
        if activation not in ("relu", "gelu"):
            raise ValueError(f"activation must be relu or gelu, not {activation}")
        self.p = params
        self.act = getattr(self, activation)

    @staticmethod
    def relu(x):
        return (x + np.abs(x)) / 2

    @classmethod
    def gelu(cls, x):
        return (0.5 * x * (1 + cls.erf(x / math.sqrt(2)))).astype(x.dtype)

    def forward(self, x):
        hidden = self.act(np.dot(x, self.p["w_in"]) + self.p["b_in"])
        return np.dot(hidden, self.p["w_out"]) + self.p["b_out"]


relu = FeedForward.relu
gelu = FeedForward.gelu


def feed_forward(x, params, activation="relu"):
    return FeedForward(params, activation).forward(x)
