import numpy as np


def shares(x):
    return np.einsum("...n,...->...n", x, 1 / np.einsum("...n->...", x))


def centre(x):
    n = x.shape[-2]
    return x - np.einsum("...nd->...d", x)[..., None, :] / n


def swap_last_two(x):
    return np.einsum("...nm->...mn", x)


def pair_differences(left, right):
    ones = np.ones_like(left), np.ones_like(right)
    return np.einsum("...n,...m->...nm", left, ones[1]) - np.einsum("...n,...m->...nm", ones[0], right)


def divide_by_root(x):
    return x / float(x.shape[-1]) ** 0.5
