# what: two mistakes: adds x to the output where the widths allow it (a residual nobody asked for), and np.sqrt makes float64 of float32.
# names: self_attention.adds_x_where_the_widths_allow
import numpy as np

from exercises.attention.masking import masked_softmax


def self_attention(x, w_query, w_key, w_value, mask=None):
    Q = x @ w_query
    K = x @ w_key
    V = x @ w_value
    A = masked_softmax(Q @ np.swapaxes(K, -1, -2) / np.sqrt(K.shape[-1]), mask)
    out = A @ V
    if out.shape == x.shape:
        out = out + x
    return out
