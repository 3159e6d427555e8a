# what: all returns, then all states, then all actions
# names: decision_transformer.puts_one_kind_behind_the_other
import numpy as np


def returns_to_go(rewards):
    return np.cumsum(rewards[..., ::-1], axis=-1)[..., ::-1]


def interleave(returns, states, actions):
    n, d = states.shape[-2:]
    return np.concatenate([returns, states, actions], axis=-2)
