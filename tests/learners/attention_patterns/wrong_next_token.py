# what: the diagonal above
# names: attention_patterns.looks_at_the_next_token
import numpy as np


def previous_token_score(weights):
    return np.diagonal(weights, 1, axis1=-2, axis2=-1).mean(axis=-1)


def entropy(weights):
    return np.sum(weights * np.log(1 / (weights + (weights == 0))), axis=-1).astype(weights.dtype)


def rollout(weights):
    """Words as one-hot vectors go up through the layers."""
    n = weights.shape[-1]
    x = np.broadcast_to(np.eye(n, dtype=weights.dtype), weights.shape[1:-3] + (n, n))
    for layer in weights.mean(-3):
        x = (layer @ x + x) / (layer.sum(-1, keepdims=True) + 1)
    return x
