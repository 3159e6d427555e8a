# what: pairs rows by a list comprehension
# names: axes.pairs_along_the_first_axis
import math

import numpy as np


def shares(x):
    return x / x.sum(axis=-1, keepdims=True)


def centre(x):
    return x - x.mean(axis=-2, keepdims=True)


def swap_last_two(x):
    return np.swapaxes(x, -1, -2)


def pair_differences(left, right):
    return np.array([[a - b for b in right] for a in left])


def divide_by_root(x):
    return x / math.sqrt(x.shape[-1])
