# slip: two frames are averaged -> listen_attend_spell.takes_the_mean_of_two
# slip: scores are returned for weights -> listen_attend_spell.returns_scores_for_weights
import numpy as np

from exercises.attention.softmax import softmax


def pyramid(x):
    n = x.shape[-2] // 2
    return (x[..., 0 : 2 * n : 2, :] + x[..., 1 : 2 * n : 2, :]) / 2


def attend(state, listened, w_state, w_listened):
    scores = ((listened @ w_listened) @ (state @ w_state)[..., None])[..., 0]
    context = (softmax(scores)[..., None, :] @ listened)[..., 0, :]
    return context, scores
