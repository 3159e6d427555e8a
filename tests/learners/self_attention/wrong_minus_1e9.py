# what: -1e9 in a row with nothing to attend to leaves equal weights
# names: self_attention.averages_where_nothing_may_be_seen
import math

import numpy as np

from exercises.attention.softmax import softmax


def self_attention(x, w_query, w_key, w_value, mask=None):
    q, k, v = x @ w_query, x @ w_key, x @ w_value

    scores = q @ k.swapaxes(-1, -2) / math.sqrt(k.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -1e9).astype(x.dtype)
    return softmax(scores) @ v
