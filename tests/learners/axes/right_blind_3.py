import numpy as np


def _total(x, axis):
    return np.expand_dims(np.add.reduce(x, axis=axis), axis)


def shares(x):
    return np.divide(x, _total(x, -1))


def centre(x):
    n = x.shape[-2]
    ones = np.full((1, n), 1 / n, dtype=x.dtype)
    return x - ones @ x


def swap_last_two(x):
    return np.einsum("...ij->...ji", x).copy()


def pair_differences(left, right):
    n, m = left.shape[-1], right.shape[-1]
    return np.repeat(left[..., np.newaxis], m, axis=-1) - np.repeat(right[..., np.newaxis, :], n, axis=-2)


def divide_by_root(x):
    return x / np.sqrt(x.shape[-1], dtype=x.dtype)
