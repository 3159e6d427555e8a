# what: axis 1 throughout, as in a table
# names: axes.sums_along_axis_one axes.takes_axis_one_for_the_words axes.swaps_axes_one_and_two
import numpy as np


def shares(x):
    return x / x.sum(axis=1, keepdims=True)


def centre(x):
    return x - x.mean(axis=1, keepdims=True)


def swap_last_two(x):
    return x.swapaxes(1, 2)


def pair_differences(left, right):
    return left[..., None] - right[..., None, :]


def divide_by_root(x):
    d = x.shape[-1]
    return x * d**-0.5
