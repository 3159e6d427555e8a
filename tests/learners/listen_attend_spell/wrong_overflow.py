# what: exp without a shift, in a softmax of its own
# names: softmax.exponentiates_without_shifting
import numpy as np


def pyramid(x):
    n = x.shape[-2] // 2 * 2
    x = x[..., :n, :]
    return x.reshape(x.shape[:-2] + (n // 2, x.shape[-1] * 2))


def attend(state, listened, w_state, w_listened):
    scores = np.einsum("...a,...na->...n", state @ w_state, listened @ w_listened)
    e = np.exp(scores)
    weights = e / e.sum(-1, keepdims=True)
    return np.einsum("...n,...nd->...d", weights, listened), weights
