import numpy as np


def returns_to_go(rewards):
    out = np.zeros_like(rewards)
    total = 0
    for t in reversed(range(rewards.shape[-1])):
        total = total + rewards[..., t]
        out[..., t] = total
    return out


def interleave(returns, states, actions):
    out = np.empty(states.shape[:-2] + (3 * states.shape[-2], states.shape[-1]), states.dtype)
    out[..., 0::3, :] = returns
    out[..., 1::3, :] = states
    out[..., 2::3, :] = actions
    return out
