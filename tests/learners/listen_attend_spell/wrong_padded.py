# what: a frame of zeros makes an odd number even
# names: listen_attend_spell.adds_a_frame_of_zeros
import numpy as np

from exercises.attention.softmax import softmax


def pyramid(x):
    if x.shape[-2] % 2 == 1:
        widths = [(0, 0)] * x.ndim
        widths[-2] = (0, 1)
        x = np.pad(x, widths)
    return x.reshape(*x.shape[:-2], x.shape[-2] // 2, 2 * x.shape[-1])


def attend(state, listened, w_state, w_listened):
    query = state @ w_state
    key = listened @ w_listened
    scores = (key @ query[..., :, None])[..., 0]
    weights = softmax(scores)
    context = (weights[..., None] * listened).sum(axis=-2)
    return context, weights
