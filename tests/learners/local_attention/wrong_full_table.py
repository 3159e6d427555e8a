# what: right, but all n x n scores are made and masked
import numpy as np

from exercises.attention.attention import attention


def local_attention(query, key, value, window):
    i = np.arange(query.shape[-2])
    mask = np.abs(i[:, None] - i) <= window
    return attention(query, key, value, mask)[0]
