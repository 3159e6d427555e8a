# slip: the first frame goes -> listen_attend_spell.drops_the_first_frame
# slip: the weights come first -> listen_attend_spell.returns_the_weights_first
import numpy as np

from exercises.attention.softmax import softmax


def pyramid(x):
    n, d = x.shape[-2:]
    if n % 2:
        x = x[..., 1:, :]
    return x.reshape(*x.shape[:-2], n // 2, d * 2)


def attend(state, listened, w_state, w_listened):
    scores = ((listened @ w_listened) @ (state @ w_state)[..., None])[..., 0]
    alpha = softmax(scores)
    return alpha, (alpha[..., None] * listened).sum(-2)
