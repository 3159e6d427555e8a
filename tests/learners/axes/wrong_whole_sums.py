# what: one sum and one mean for the whole array
# names: axes.sums_everything axes.takes_the_mean_of_everything
import math

import numpy as np


def shares(x):
    total = x.sum()
    return x / total


def centre(x):
    return x - x.mean()


def swap_last_two(x):
    return x.swapaxes(-1, -2)


def pair_differences(left, right):
    return np.expand_dims(left, -1) - np.expand_dims(right, -2)


def divide_by_root(x):
    return x / math.sqrt(x.shape[-1])
