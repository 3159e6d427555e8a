# slip: discounted by 0.99 -> decision_transformer.discounts_by_a_hundredth
# slip: stacked along axis 1 -> decision_transformer.stacks_along_axis_one
import numpy as np


def discount_cumsum(x, gamma):
    out = np.zeros_like(x)
    out[..., -1] = x[..., -1]
    for t in reversed(range(x.shape[-1] - 1)):
        out[..., t] = x[..., t] + gamma * out[..., t + 1]
    return out


def returns_to_go(rewards):
    return discount_cumsum(rewards, gamma=0.99)


def interleave(returns, states, actions):
    stacked = np.stack((returns, states, actions), axis=1)
    return stacked.reshape(*states.shape[:-2], 3 * states.shape[-2], states.shape[-1])
