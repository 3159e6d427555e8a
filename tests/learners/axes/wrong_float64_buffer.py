# what: a buffer of zeros is float64
import numpy as np


def shares(x):
    return x / np.sum(x, axis=-1, keepdims=True)


def centre(x):
    mean = x.mean(axis=-2)
    return x - mean[..., None, :]


def swap_last_two(x):
    return np.moveaxis(x, -1, -2)


def pair_differences(left, right):
    out = np.zeros((*left.shape, right.shape[-1]))
    for i in range(left.shape[-1]):
        out[..., i, :] = left[..., i, None] - right
    return out


def divide_by_root(x):
    d = x.shape[-1]
    return x * d**-0.5
