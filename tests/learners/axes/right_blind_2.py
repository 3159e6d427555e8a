import numpy as np


def shares(x):
    return x / x.sum(axis=-1, keepdims=True)


def centre(x):
    return x - x.mean(axis=-2, keepdims=True)


def swap_last_two(x):
    return np.swapaxes(x, -1, -2)


def pair_differences(left, right):
    return left[..., :, None] - right[..., None, :]


def divide_by_root(x):
    return x * x.shape[-1] ** -0.5
