# slip: the first token looks at the last one -> attention_patterns.wraps_round
# slip: entropies are averaged over the keys -> attention_patterns.averages_over_the_keys
import numpy as np


def previous_token_score(weights):
    n = weights.shape[-1]
    before = np.roll(np.arange(n), 1)
    return np.mean(weights[..., np.arange(n), before], axis=-1)


def entropy(weights):
    logs = np.log(np.where(weights > 0, weights, 1))
    return -np.mean(weights * logs, axis=-1)


def rollout(weights):
    n = weights.shape[-1]
    result = np.eye(n, dtype=weights.dtype)
    for layer in weights:
        a = layer.mean(axis=-3)
        a = (a + np.eye(n, dtype=a.dtype)) / 2
        a = a / a.sum(axis=-1, keepdims=True)
        result = a @ result
    return result
