import numpy as np

from exercises.attention.softmax import softmax


def pyramid(x):
    n = x.shape[-2] // 2 * 2
    x = x[..., :n, :]
    return x.reshape(x.shape[:-2] + (n // 2, x.shape[-1] * 2))


def attend(state, listened, w_state, w_listened):
    query = state @ w_state
    key = listened @ w_listened
    scores = (key @ query[..., :, None])[..., 0]
    weights = softmax(scores)
    context = (weights[..., None] * listened).sum(axis=-2)
    return context, weights
