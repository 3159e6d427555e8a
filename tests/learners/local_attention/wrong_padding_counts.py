# what: zeros at the ends take part in the softmax
# names: local_attention.counts_zeros_of_padding
import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def local_attention(query, key, value, window):
    pad = [(0, 0)] * (key.ndim - 2) + [(window, window), (0, 0)]
    k = sliding_window_view(np.pad(key, pad), 2 * window + 1, axis=-2)
    v = sliding_window_view(np.pad(value, pad), 2 * window + 1, axis=-2)
    s = np.einsum("...nd,...ndw->...nw", query, k) / math.sqrt(query.shape[-1])
    w = np.exp(s - s.max(-1, keepdims=True))
    return np.einsum("...nw,...ndw->...nd", w / w.sum(-1, keepdims=True), v)
