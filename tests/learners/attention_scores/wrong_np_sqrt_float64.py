# what: np.sqrt of an int is a float64 scalar, so scaled scores of float32 become float64.
# names: attention_scores.loses_single_precision
import numpy as np


def dot_scores(query, key):
    return np.matmul(query, np.swapaxes(key, -2, -1))


def scaled_dot_scores(query, key):
    d_k = query.shape[-1]
    scores = np.matmul(query, np.swapaxes(key, -2, -1))
    scores = scores / np.sqrt(d_k)
    return scores


def additive_scores(query, key, w_query, w_key, v):
    hidden = np.tanh(np.expand_dims(query @ w_query, axis=-2) + np.expand_dims(key @ w_key, axis=-3))
    return hidden @ v
