import numpy as np


def _last_axis(x):
    e = np.exp2((x - np.amax(x, -1)[..., None]) * 1.4426950408889634)
    return np.asfortranarray(e / np.einsum("...j->...", e)[..., None])


def softmax(scores, axis=-1):
    # swapaxes undoes itself
    return _last_axis(scores.swapaxes(axis, -1)).swapaxes(axis, -1)
