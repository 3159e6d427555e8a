# what: the mean goes over n, with a 0 for the first query
# names: attention_patterns.counts_the_first_query
import numpy as np
from functools import reduce


def previous_token_score(weights):
    n = weights.shape[-1]
    i = np.arange(1, n)
    return weights[..., i, i - 1].sum(axis=-1) / n


def entropy(weights):
    terms = np.zeros_like(weights)
    some = weights > 0
    terms[some] = weights[some] * np.log(weights[some])
    return -terms.sum(axis=-1)


def rollout(weights):
    n = weights.shape[-1]
    layers = []
    for layer in weights:
        a = (layer.mean(axis=-3) + np.identity(n)) / 2
        layers.append((a / a.sum(axis=-1, keepdims=True)).astype(weights.dtype))
    return reduce(np.matmul, layers[::-1])
