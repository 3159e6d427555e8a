import numpy as np


def returns_to_go(rewards):
    before = np.cumsum(rewards, axis=-1) - rewards
    return rewards.sum(axis=-1, keepdims=True) - before


def interleave(returns, states, actions):
    wide = np.concatenate((returns, states, actions), axis=-1)
    return wide.reshape(*wide.shape[:-2], 3 * wide.shape[-2], wide.shape[-1] // 3)
