# what: an odd number of frames does not fit
# names: listen_attend_spell.refuses_an_odd_number
import numpy as np

from exercises.attention.softmax import softmax


def pyramid(x):
    timesteps, features = x.shape[-2:]
    return x.reshape(x.shape[:-2] + (timesteps // 2, features * 2))


def attend(state, listened, w_state, w_listened):
    keys = listened @ w_listened
    weights = softmax(np.sum(keys * np.expand_dims(state @ w_state, -2), axis=-1))
    return [np.swapaxes(listened, -1, -2) @ weights[..., None]][0][..., 0], weights
