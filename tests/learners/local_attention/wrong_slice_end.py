# what: the slice ends one too early
# names: local_attention.stops_one_short_behind
import numpy as np

from exercises.attention.attention import attention


def local_attention(query, key, value, window):
    rows = []
    for i in range(query.shape[-2]):
        lo, hi = max(i - window, 0), i + window
        rows.append(attention(query[..., [i], :], key[..., lo:hi, :], value[..., lo:hi, :])[0])
    return np.concatenate(rows, axis=-2)
