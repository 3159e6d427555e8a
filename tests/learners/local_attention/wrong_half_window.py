# what: window as the whole width
# names: local_attention.takes_window_for_the_whole_width
import numpy as np

from exercises.attention.attention import attention


def local_attention(query, key, value, window):
    half = window // 2
    rows = []
    for i in range(query.shape[-2]):
        lo, hi = max(i - half, 0), i + half + 1
        rows.append(attention(query[..., [i], :], key[..., lo:hi, :], value[..., lo:hi, :])[0])
    return np.concatenate(rows, axis=-2)
