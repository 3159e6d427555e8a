# what: positions are looked up along the first axis
# names: local_attention.counts_axes_from_the_front
import numpy as np

from exercises.attention.attention import attention


def local_attention(query, key, value, window):
    n = query.shape[-2]
    j = np.arange(n)[:, None] + np.arange(-window, window + 1)
    ok = (j >= 0) & (j < n)
    j = np.clip(j, 0, n - 1)
    y, _ = attention(query[..., None, :], key[j], value[j], ok[:, None, :])
    return y[..., 0, :]
