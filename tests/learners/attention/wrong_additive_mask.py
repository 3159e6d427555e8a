# what: -1e9 on forbidden scores and a plain softmax, so a query that may attend to nothing attends to everything
# names: attention.unmasks_where_nothing_may_be_seen
import math

import numpy as np

from exercises.attention.softmax import softmax


def attention(query, key, value, mask=None):
    scores = query @ np.swapaxes(key, -1, -2) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores + (1 - mask.astype(scores.dtype)) * -1e9
    p_attn = softmax(scores, axis=-1)
    return p_attn @ value, p_attn
