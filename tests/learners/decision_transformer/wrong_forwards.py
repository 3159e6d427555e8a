# what: the sums run from the start
# names: decision_transformer.adds_up_from_the_start
import numpy as np


def returns_to_go(rewards):
    return np.add.accumulate(rewards, axis=-1)


def interleave(returns, states, actions):
    out = np.empty(states.shape[:-2] + (3 * states.shape[-2], states.shape[-1]), states.dtype)
    out[..., 0::3, :] = returns
    out[..., 1::3, :] = states
    out[..., 2::3, :] = actions
    return out
