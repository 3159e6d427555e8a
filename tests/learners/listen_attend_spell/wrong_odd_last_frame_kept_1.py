# what: an odd last frame is kept and paired with zeros
# names: listen_attend_spell.adds_a_frame_of_zeros
import numpy as np

from exercises.attention.attention_scores import dot_scores
from exercises.attention.softmax import softmax


def pyramid(x):
    n, d = x.shape[-2:]
    if n % 2:
        x = np.concatenate([x, np.zeros_like(x[..., :1, :])], axis=-2)
    return x.reshape(x.shape[:-2] + ((n + 1) // 2, 2 * d))


def attend(state, listened, w_state, w_listened):
    asked = (state @ w_state)[..., None, :]
    scores = dot_scores(asked, listened @ w_listened)[..., 0, :]
    weights = softmax(scores)
    context = (weights[..., None, :] @ listened)[..., 0, :]
    return context, weights
