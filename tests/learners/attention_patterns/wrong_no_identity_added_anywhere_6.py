# what: no identity added anywhere, rows of zeros stay
# names: attention_patterns.leaves_the_identity_out_and_rows_of_zeros_alone
import numpy as np


def previous_token_score(weights):
    return np.diagonal(weights, offset=-1, axis1=-2, axis2=-1).mean(axis=-1)


def entropy(weights):
    logs = np.log(np.where(weights > 0, weights, 1))
    return -(weights * logs).sum(axis=-1)


def rollout(weights):
    n = weights.shape[-1]
    a = weights.mean(axis=-3)
    a = a / np.maximum(a.sum(axis=-1, keepdims=True), 1e-9)
    origin = a[0]
    for layer in a[1:]:
        origin = layer @ origin
    return origin
