# slip: the second half stands beside the first -> listen_attend_spell.pairs_the_two_halves
# slip: softmax along axis 0 -> listen_attend_spell.takes_softmax_along_the_first_axis
import numpy as np

from exercises.attention.softmax import softmax


def pyramid(x):
    n = x.shape[-2] // 2
    return np.concatenate([x[..., :n, :], x[..., n : n + n, :]], -1)


def attend(state, listened, w_state, w_listened):
    energy = np.einsum("...a,...na->...n", state @ w_state, listened @ w_listened)
    alpha = softmax(energy, axis=0)
    return np.einsum("...n,...nd->...d", alpha, listened), alpha
