import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def self_attention(x, w_query, w_key, w_value, mask=None):
    together = x @ np.hstack([w_query, w_key, w_value])
    d_k = w_query.shape[1]
    query, key, value = np.split(together, [d_k, 2 * d_k], axis=-1)
    return np.matmul(masked_softmax(scaled_dot_scores(query, key), mask), value)
