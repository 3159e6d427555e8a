# right: cumsum, stack
import numpy as np


def returns_to_go(rewards):
    return np.cumsum(rewards[..., ::-1], axis=-1)[..., ::-1]


def interleave(returns, states, actions):
    n, d = states.shape[-2:]
    three = np.stack([returns, states, actions], axis=-2)
    return three.reshape(states.shape[:-2] + (3 * n, d))
