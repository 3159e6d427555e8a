# slip: centre subtracts in place, and changes the x it was given -> axes.subtracts_in_place
# slip: pair_differences has the pairs the other way round, right minus left -> axes.subtracts_the_left_from_the_right
import numpy as np


def shares(x):
    return x / x.sum(axis=-1, keepdims=True)


def centre(x):
    x -= x.mean(axis=-2, keepdims=True)
    return x


def swap_last_two(x):
    return np.swapaxes(x, -2, -1)


def pair_differences(left, right):
    return right[..., None, :] - left[..., :, None]


def divide_by_root(x):
    return x / float(x.shape[-1]) ** 0.5
