import numpy as np


def shares(x):
    total = x.sum(-1)
    return x / total[..., np.newaxis]


def centre(x):
    mean = x.mean(axis=-2)
    return x - mean[..., None, :]


def swap_last_two(x):
    return np.moveaxis(x, -1, -2)


def pair_differences(left, right):
    return np.expand_dims(left, -1) - np.expand_dims(right, -2)


def divide_by_root(x):
    d = x.shape[-1]
    return x * d**-0.5
