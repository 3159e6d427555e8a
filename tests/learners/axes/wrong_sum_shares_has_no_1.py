# what: the sum of shares has no keepdims=True, so it is lined up with the columns
# names: axes.lets_the_axis_go
import numpy as np


def shares(x):
    return x / np.sum(x, axis=-1)


def centre(x):
    return x - np.mean(x, axis=-2, keepdims=True)


def swap_last_two(x):
    return np.moveaxis(x, -1, -2)


def pair_differences(left, right):
    return np.expand_dims(left, -1) - np.expand_dims(right, -2)


def divide_by_root(x):
    return x / x.shape[-1] ** 0.5
