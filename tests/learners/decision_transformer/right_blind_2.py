# right: loop, strides
import numpy as np


def returns_to_go(rewards):
    total = rewards.copy()
    for i in range(rewards.shape[-1] - 2, -1, -1):
        total[..., i] += total[..., i + 1]
    return total


def interleave(returns, states, actions):
    shape = list(states.shape)
    shape[-2] *= 3
    out = np.empty(shape, dtype=states.dtype)
    out[..., 0::3, :] = returns
    out[..., 1::3, :] = states
    out[..., 2::3, :] = actions
    return out
