import numpy as np


def returns_to_go(rewards):
    n = rewards.shape[-1]
    return np.stack([rewards[..., t:].sum(axis=-1) for t in range(n)], axis=-1)


def interleave(returns, states, actions):
    n = states.shape[-2]
    kinds = np.concatenate([returns, states, actions], axis=-2)
    order = np.arange(3 * n).reshape(3, n).T.ravel()
    return kinds[..., order, :]
