# slip: later rewards are discounted by 0.99 -> decision_transformer.discounts_by_a_hundredth
# slip: the action stands before the state -> decision_transformer.puts_the_action_before_the_state
import numpy as np


def returns_to_go(rewards):
    total = rewards.copy()
    for i in range(rewards.shape[-1] - 2, -1, -1):
        total[..., i] += 0.99 * total[..., i + 1]
    return total


def interleave(returns, states, actions):
    shape = list(states.shape)
    shape[-2] *= 3
    out = np.empty(shape, dtype=states.dtype)
    out[..., 0::3, :] = returns
    out[..., 2::3, :] = states
    out[..., 1::3, :] = actions
    return out
