# what: keys and values rolled, so that the ends meet
# names: local_attention.wraps_round
import math

import numpy as np

from exercises.attention.softmax import softmax


def local_attention(query, key, value, window):
    shifts = range(-window, window + 1)
    keys = np.stack([np.roll(key, -s, axis=-2) for s in shifts], axis=-2)
    values = np.stack([np.roll(value, -s, axis=-2) for s in shifts], axis=-2)
    scores = (query[..., None, :] * keys).sum(axis=-1) / math.sqrt(query.shape[-1])
    return (softmax(scores)[..., None] * values).sum(axis=-2)
