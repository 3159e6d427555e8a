import math

import numpy as np


def local_attention(query, key, value, window):
    """One diagonal of the band after the other, as Longformer's loop does."""
    n = query.shape[-2]
    window = min(window, n - 1)
    scores = np.full((*query.shape[:-1], 2 * window + 1), -np.inf, dtype=query.dtype)
    for c, shift in enumerate(range(-window, window + 1)):
        i = slice(max(0, -shift), n - max(0, shift))
        j = slice(max(0, shift), n - max(0, -shift))
        products = (query[..., i, :] * key[..., j, :]).sum(axis=-1)
        scores[..., i, c] = products / math.sqrt(query.shape[-1])
    weights = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    output = np.zeros((*query.shape[:-1], value.shape[-1]), dtype=value.dtype)
    for c, shift in enumerate(range(-window, window + 1)):
        i = slice(max(0, -shift), n - max(0, shift))
        j = slice(max(0, shift), n - max(0, -shift))
        output[..., i, :] += weights[..., i, c, None] * value[..., j, :]
    return output
