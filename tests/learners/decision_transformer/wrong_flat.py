# what: cumsum without an axis
# names: decision_transformer.flattens_a_batch
import numpy as np


def returns_to_go(rewards):
    return np.cumsum(rewards[::-1])[::-1]


def interleave(returns, states, actions):
    rows = []
    for t in range(states.shape[-2]):
        rows += [returns[..., t, :], states[..., t, :], actions[..., t, :]]
    return np.stack(rows, axis=-2)
