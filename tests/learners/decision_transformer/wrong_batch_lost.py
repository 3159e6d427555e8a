# what: the batch is run together
# names: decision_transformer.runs_games_together
import numpy as np


def returns_to_go(rewards):
    out = rewards.copy()
    for t in range(out.shape[-1] - 1, 0, -1):
        out[..., t - 1] += out[..., t]
    return out


def interleave(returns, states, actions):
    d = returns.shape[-1]
    return np.stack([returns, states, actions], axis=-2).reshape(-1, d)
