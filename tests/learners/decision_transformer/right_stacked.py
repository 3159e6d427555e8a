import numpy as np


def returns_to_go(rewards):
    return np.flip(np.cumsum(np.flip(rewards, axis=-1), axis=-1), axis=-1)


def interleave(returns, states, actions):
    n, d = states.shape[-2:]
    stacked = np.stack([returns, states, actions], axis=-2)
    return stacked.reshape(states.shape[:-2] + (3 * n, d))
