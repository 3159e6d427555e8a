# what: np.zeros for the output
# names: local_attention.loses_single_precision
import numpy as np

from exercises.attention.attention import attention


def local_attention(query, key, value, window):
    output = np.zeros((*query.shape[:-1], value.shape[-1]))
    for i in range(query.shape[-2]):
        lo = max(0, i - window)
        q, hi = query[..., i : i + 1, :], i + window + 1
        output[..., i, :] = attention(q, key[..., lo:hi, :], value[..., lo:hi, :])[0][..., 0, :]
    return output
