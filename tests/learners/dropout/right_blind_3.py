"""A layer with a mode, as in PyTorch; the mask holds the scale."""

import numpy as np


class Dropout:
    def __init__(self, p):
        if p != min(max(p, 0), 1):
            raise ValueError("dropout probability has to be between 0 and 1, but got %s" % p)
        self.p = p
        self.training = True

    def forward(self, x, noise):
        if not self.training or self.p == 0:
            return x + 0
        out = np.zeros(x.shape, dtype=np.result_type(x, 0.0))
        np.divide(x, 1 - self.p, out=out, where=~(noise < self.p))
        return out


def dropout(x, draws, rate):
    return Dropout(rate).forward(np.asarray(x), np.asarray(draws))
