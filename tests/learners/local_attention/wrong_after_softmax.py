# what: weights outside of the window are removed after the softmax; and all scores are made
# names: local_attention.removes_weights_after_the_softmax
import numpy as np

from exercises.attention.attention import attention


def local_attention(query, key, value, window):
    _, weights = attention(query, key, value)
    i = np.arange(query.shape[-2])
    return np.where(abs(i[:, None] - i) > window, 0, weights) @ value
