# what: every frame is beside the next one, and the best frame is the context
# slip: pairs overlap -> listen_attend_spell.lets_pairs_overlap
# slip: the best frame is taken -> listen_attend_spell.takes_the_best_frame
import numpy as np

from exercises.attention.softmax import softmax


def pyramid(x):
    return np.concatenate([x[..., :-1, :], x[..., 1:, :]], axis=-1)


def attend(state, listened, w_state, w_listened):
    scores = ((listened @ w_listened) * (state @ w_state)[..., None, :]).sum(-1)
    weights = softmax(scores)
    best = np.argmax(weights, axis=-1)
    picked = np.take_along_axis(listened, best[..., None, None], axis=-2)
    return picked.squeeze(-2), weights
