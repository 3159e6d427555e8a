# what: the first half of the frames is put beside the second half
# names: listen_attend_spell.pairs_the_two_halves
import numpy as np


def pyramid(x):
    half = x.shape[-2] // 2
    return np.concatenate([x[..., :half, :], x[..., half:2 * half, :]], axis=-1)


def attend(state, listened, w_state, w_listened):
    s = np.einsum("...i,ia->...a", state, w_state)
    l = np.einsum("...ni,ia->...na", listened, w_listened)
    scores = np.einsum("...na,...a->...n", l, s)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.einsum("...n,...nd->...d", weights, listened), weights
