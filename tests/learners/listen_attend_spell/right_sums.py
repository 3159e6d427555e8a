import numpy as np

from exercises.attention.softmax import softmax


pyramid = lambda x: np.concatenate(  # noqa: E731
    [x[..., i : x.shape[-2] - x.shape[-2] % 2 : 2, :] for i in (0, 1)], axis=-1
)


def attend(state, listened, w_state, w_listened):
    keys = listened @ w_listened
    weights = softmax(np.sum(keys * np.expand_dims(state @ w_state, -2), axis=-1))
    return [np.swapaxes(listened, -1, -2) @ weights[..., None]][0][..., 0], weights
