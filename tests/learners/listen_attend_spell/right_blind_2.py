# right: strides, einsum
import numpy as np


def pyramid(x):
    half = x.shape[-2] // 2
    return np.concatenate([x[..., 0:2 * half:2, :], x[..., 1:2 * half:2, :]], axis=-1)


def attend(state, listened, w_state, w_listened):
    s = np.einsum("...i,ia->...a", state, w_state)
    l = np.einsum("...ni,ia->...na", listened, w_listened)
    scores = np.einsum("...na,...a->...n", l, s)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.einsum("...n,...nd->...d", weights, listened), weights
