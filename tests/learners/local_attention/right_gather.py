import numpy as np

from exercises.attention.attention import attention


def local_attention(query, key, value, window):
    n = query.shape[-2]
    index = np.arange(n)[:, None] + np.arange(-window, window + 1)[None, :]
    valid = np.logical_and(index >= 0, index < n)
    index = np.where(valid, index, 0)
    k = np.take(key, index, axis=-2)
    v = np.take(value, index, axis=-2)
    out, _ = attention(np.expand_dims(query, -2), k, v, mask=valid[:, np.newaxis, :])
    return np.squeeze(out, axis=-2)
