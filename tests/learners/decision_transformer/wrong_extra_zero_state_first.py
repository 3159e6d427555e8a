# slip: a zero behind the last return -> decision_transformer.adds_a_zero_at_the_end
# slip: state, action, return -> decision_transformer.puts_the_state_first
import numpy as np


def returns_to_go(rewards):
    back = rewards[..., ::-1].cumsum(-1)[..., ::-1]
    return np.concatenate([back, np.zeros_like(back[..., :1])], axis=-1)


def interleave(returns, states, actions):
    out = np.stack([states, actions, returns], axis=-2)
    return out.reshape(*out.shape[:-3], -1, out.shape[-1])
