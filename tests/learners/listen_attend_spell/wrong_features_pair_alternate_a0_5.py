# slip: the features of a pair alternate, a0 b0 a1 b1 -> listen_attend_spell.mixes_the_features_of_a_pair
# slip: of an odd number the first frame is dropped
import numpy as np


def pyramid(x):
    half = x.shape[-2] // 2
    x = x[..., x.shape[-2] % 2:, :]
    both = np.stack([x[..., 0::2, :], x[..., 1::2, :]], axis=-1)
    return both.reshape(x.shape[:-2] + (half, 2 * x.shape[-1]))


def attend(state, listened, w_state, w_listened):
    s = np.einsum("...i,ia->...a", state, w_state)
    l = np.einsum("...ni,ia->...na", listened, w_listened)
    scores = np.einsum("...na,...a->...n", l, s)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.einsum("...n,...nd->...d", weights, listened), weights
