# what: one kind behind the other
# names: decision_transformer.puts_one_kind_behind_the_other
import numpy as np


def returns_to_go(rewards):
    n = rewards.shape[-1]
    return np.stack([rewards[..., t:].sum(axis=-1) for t in range(n)], axis=-1)


def interleave(returns, states, actions):
    return np.concatenate((returns, states, actions), axis=states.ndim - 2)
