# right: reshape, own functions
import numpy as np

from exercises.attention.attention_scores import dot_scores
from exercises.attention.softmax import softmax


def pyramid(x):
    n, d = x.shape[-2:]
    return x[..., :n // 2 * 2, :].reshape(x.shape[:-2] + (n // 2, 2 * d))


def attend(state, listened, w_state, w_listened):
    asked = (state @ w_state)[..., None, :]
    scores = dot_scores(asked, listened @ w_listened)[..., 0, :]
    weights = softmax(scores)
    context = (weights[..., None, :] @ listened)[..., 0, :]
    return context, weights
