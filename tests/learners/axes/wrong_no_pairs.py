# what: subtracts number by number, and reads the length of axis 1
# names: axes.pairs_equal_places_only axes.takes_the_length_of_axis_one
import math

import numpy as np


def shares(x):
    return x / np.sum(x, axis=-1, keepdims=True)


def centre(x):
    return x - np.mean(x, axis=-2, keepdims=True)


def swap_last_two(x):
    return x.swapaxes(-1, -2)


def pair_differences(left, right):
    return np.subtract(left, right)


def divide_by_root(x):
    return x / math.sqrt(x.shape[1])
