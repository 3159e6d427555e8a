# slip: one identity for all layers -> attention_patterns.adds_the_identity_at_the_end
# slip: how often it is the largest -> attention_patterns.counts_how_often_it_is_the_largest
# slip: nothing is summed with a minus -> attention_patterns.forgets_the_minus
import numpy as np


def previous_token_score(weights):
    n = weights.shape[-1]
    best = weights[..., 1:, :].argmax(axis=-1)
    return (best == np.arange(n - 1)).mean(axis=-1).astype(weights.dtype)


def entropy(weights):
    return (weights * np.log(np.where(weights > 0, weights, 1))).sum(-1)


def rollout(weights):
    n = weights.shape[-1]
    out = np.eye(n, dtype=weights.dtype)
    for layer in weights.mean(-3):
        out = layer @ out
    out = out + np.eye(n, dtype=weights.dtype)
    return out / out.sum(-1, keepdims=True)
