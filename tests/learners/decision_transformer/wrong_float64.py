# slip: np.zeros makes float64 of rewards -> decision_transformer.keeps_returns_in_double_precision
# slip: np.zeros makes float64 of vectors -> decision_transformer.loses_single_precision
import numpy as np


def returns_to_go(rewards):
    out = np.zeros(rewards.shape)
    for t in range(rewards.shape[-1]):
        out[..., t] = rewards[..., t:].sum(axis=-1)
    return out


def interleave(returns, states, actions):
    *batch, n, d = states.shape
    out = np.zeros((*batch, 3 * n, d))
    for k, kind in enumerate((returns, states, actions)):
        out[..., k::3, :] = kind
    return out
