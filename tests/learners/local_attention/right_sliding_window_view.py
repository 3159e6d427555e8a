import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def local_attention(query, key, value, window):
    width = 2 * window + 1

    def windows(x):
        pad = [(0, 0)] * (x.ndim - 2) + [(window, window), (0, 0)]
        return sliding_window_view(np.pad(x, pad), width, axis=-2)  # (..., n, d, width)

    scores = np.einsum("...nd,...ndw->...nw", query, windows(key)) / math.sqrt(query.shape[-1])
    there = sliding_window_view(np.pad(np.ones(query.shape[-2], bool), window), width)
    scores = np.where(there, scores, -np.inf).astype(query.dtype)
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = scores / scores.sum(axis=-1, keepdims=True)
    return np.einsum("...nw,...ndw->...nd", weights, windows(value))
