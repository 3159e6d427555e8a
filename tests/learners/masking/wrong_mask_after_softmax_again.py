# what: the mask multiplies the weights after the softmax, so the rows no longer sum to 1.
# names: masking.removes_weights_after_the_softmax
import numpy as np

from exercises.attention.softmax import softmax


def causal_mask(n):
    return np.fromfunction(lambda i, j: j <= i, (n, n))


def padding_mask(lengths, n):
    return np.stack([np.arange(n) < length for length in lengths])[:, None, :]


def masked_softmax(scores, mask=None):
    attention_weights = softmax(scores, axis=-1)
    if mask is not None:
        attention_weights = attention_weights * mask
    return attention_weights
