# what: the caller's rewards are changed
# names: decision_transformer.adds_up_in_place
import numpy as np


def returns_to_go(rewards):
    n = rewards.shape[-1]
    for t in range(2, n + 1):
        rewards[..., n - t] += rewards[..., n - t + 1]
    return rewards


def interleave(returns, states, actions):
    n, d = states.shape[-2:]
    stacked = np.stack([returns, states, actions], axis=-2)
    return stacked.reshape(states.shape[:-2] + (3 * n, d))
