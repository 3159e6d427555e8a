# slip: entropy in bits -> attention_patterns.counts_in_bits
# slip: in rollout the first layer has no identity added -> attention_patterns.leaves_the_identity_out_of_the_first_layer
import numpy as np


def previous_token_score(weights):
    return np.diagonal(weights, offset=-1, axis1=-2, axis2=-1).mean(axis=-1)


def entropy(weights):
    logs = np.log2(np.where(weights > 0, weights, 1))
    return -(weights * logs).sum(axis=-1)


def rollout(weights):
    n = weights.shape[-1]
    a = (weights.mean(axis=-3) + np.eye(n, dtype=weights.dtype)) / 2
    a = a / a.sum(axis=-1, keepdims=True)
    first = weights[0].mean(axis=-3)
    sums = first.sum(axis=-1, keepdims=True)
    origin = first / np.where(sums > 0, sums, 1)
    for layer in a[1:]:
        origin = layer @ origin
    return origin
