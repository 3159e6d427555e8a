# what: the present reward is left out
# names: decision_transformer.leaves_the_present_reward_out
import numpy as np


def returns_to_go(rewards):
    total = np.sum(rewards, axis=-1, keepdims=True)
    return total - np.cumsum(rewards, axis=-1)


def interleave(returns, states, actions):
    wide = np.concatenate((returns, states, actions), axis=-1)
    return wide.reshape(*wide.shape[:-2], 3 * wide.shape[-2], wide.shape[-1] // 3)
