# what: loops over queries into np.zeros without a dtype, so float32 comes back as float64.
# names: attention.loses_single_precision
import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    w = masked_softmax(scaled_dot_scores(query, key), mask)
    output = np.zeros(query.shape[:-1] + (value.shape[-1],))
    weights = np.zeros(w.shape)
    for i in range(query.shape[-2]):
        row = w[..., i, :]
        weights[..., i, :] = row
        output[..., i, :] = (row[..., None] * value).sum(axis=-2)
    return output, weights
