# what: the loop begins with the layer that the product begins with
# names: attention_patterns.counts_the_first_layer_twice
import numpy as np


def previous_token_score(weights):
    n = weights.shape[-1]
    below = np.eye(n, k=-1, dtype=weights.dtype)
    return (weights * below).sum(axis=(-2, -1)) / (n - 1)


def entropy(weights):
    logs = np.zeros_like(weights)
    np.log(weights, out=logs, where=weights > 0)
    return -np.einsum("...j,...j->...", weights, logs)


def rollout(weights):
    aug = weights.mean(axis=-3) + np.eye(weights.shape[-1], dtype=weights.dtype)
    aug = aug / aug.sum(axis=-1, keepdims=True)
    joint = aug[0]
    for layer in range(len(aug)):
        joint = aug[layer] @ joint
    return joint
