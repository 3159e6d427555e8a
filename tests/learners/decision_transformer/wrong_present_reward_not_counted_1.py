# what: the present reward is not counted
# names: decision_transformer.leaves_the_present_reward_out
import numpy as np


def returns_to_go(rewards):
    return np.cumsum(rewards[..., ::-1], axis=-1)[..., ::-1] - rewards


def interleave(returns, states, actions):
    n, d = states.shape[-2:]
    three = np.stack([returns, states, actions], axis=-2)
    return three.reshape(states.shape[:-2] + (3 * n, d))
