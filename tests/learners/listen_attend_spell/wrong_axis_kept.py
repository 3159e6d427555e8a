# what: the axis of the query stays
# names: listen_attend_spell.keeps_the_axis_of_the_query
import numpy as np

from exercises.attention.softmax import softmax


pyramid = lambda x: np.concatenate(  # noqa: E731
    [x[..., i : x.shape[-2] - x.shape[-2] % 2 : 2, :] for i in (0, 1)], axis=-1
)


def attend(state, listened, w_state, w_listened):
    query = np.expand_dims(state, -2) @ w_state
    weights = softmax(query @ (listened @ w_listened).swapaxes(-1, -2))
    return weights @ listened, weights
