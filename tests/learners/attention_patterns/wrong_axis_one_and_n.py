# slip: heads are looked for on axis 1 -> attention_patterns.averages_axis_one
# slip: the score is divided by n -> attention_patterns.counts_the_first_query
import numpy as np


def previous_token_score(weights):
    n = weights.shape[-1]
    return sum(weights[..., i, i - 1] for i in range(1, n)) / n


def entropy(weights):
    safe = np.where(weights == 0, 1, weights)
    return -np.sum(weights * np.log(safe), axis=-1)


def rollout(weights):
    fused = weights.mean(axis=1)
    fused = fused + np.eye(fused.shape[-1], dtype=fused.dtype)
    fused = fused / fused.sum(axis=-1, keepdims=True)
    joint = fused[0]
    for i in range(1, len(fused)):
        joint = fused[i] @ joint
    return joint
