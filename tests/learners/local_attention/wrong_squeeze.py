# what: squeezes whatever is 1 long
# names: local_attention.squeezes_every_axis_of_one
import numpy as np

from exercises.attention.attention import attention


def local_attention(query, key, value, window):
    n = query.shape[-2]
    j = np.arange(n)[:, None] + np.arange(-window, window + 1)
    ok = (j >= 0) & (j <= n - 1)
    j = np.clip(j, 0, n - 1)
    y, _ = attention(query[..., None, :], key[..., j, :], value[..., j, :], ok[:, None, :])
    return y.squeeze()
