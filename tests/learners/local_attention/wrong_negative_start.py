# what: slices that begin below zero
# names: local_attention.begins_slices_before_the_text
import numpy as np

from exercises.attention.attention import attention


def local_attention(query, key, value, window):
    rows = []
    for i in range(query.shape[-2]):
        k = key[..., i - window : i + window + 1, :]
        v = value[..., i - window : i + window + 1, :]
        rows.append(attention(query[..., i : i + 1, :], k, v)[0][..., 0, :])
    return np.stack(rows, axis=-2)
