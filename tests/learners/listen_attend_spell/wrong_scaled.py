# what: the scores are scaled
# names: listen_attend_spell.divides_by_the_root_of_the_width
import numpy as np

from exercises.attention.attention import attention


def pyramid(x):
    if x.shape[-2] % 2:
        x = x[..., :-1, :]
    return np.concatenate([x[..., 0::2, :], x[..., 1::2, :]], axis=-1)


def attend(state, listened, w_state, w_listened):
    query = (state @ w_state)[..., None, :]
    context, weights = attention(query, listened @ w_listened, listened)
    return context[..., 0, :], weights[..., 0, :]
