# slip: the three are stacked behind the features -> decision_transformer.mixes_features_of_the_three
# slip: the sums are not turned back -> decision_transformer.does_not_turn_back
import numpy as np


def returns_to_go(rewards):
    return np.cumsum(np.flip(rewards, -1), -1)


def interleave(returns, states, actions):
    out = np.stack([returns, states, actions], axis=-1)
    return out.reshape(*states.shape[:-2], states.shape[-2] * 3, states.shape[-1])
