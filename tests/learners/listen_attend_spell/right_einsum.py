import numpy as np


def pyramid(x):
    if x.shape[-2] % 2:
        x = x[..., :-1, :]
    return np.concatenate([x[..., 0::2, :], x[..., 1::2, :]], axis=-1)


def attend(state, listened, w_state, w_listened):
    scores = np.einsum("...s,sa,la,...nl->...n", state, w_state, w_listened, listened)
    scores = scores - scores.max(axis=-1, keepdims=True)
    weights = np.exp(scores) / np.exp(scores).sum(axis=-1, keepdims=True)
    return np.einsum("...n,...nl->...l", weights, listened), weights
