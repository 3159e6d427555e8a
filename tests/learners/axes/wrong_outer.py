# what: an outer difference of whole arrays
# names: axes.pairs_rows_with_other_rows
import math

import numpy as np


def shares(x):
    return x / np.sum(x, axis=-1, keepdims=True)


def centre(x):
    mean = x.mean(axis=-2)
    return x - mean[..., None, :]


def swap_last_two(x):
    return x.swapaxes(-1, -2)


def pair_differences(left, right):
    return np.subtract.outer(left, right)


def divide_by_root(x):
    d = x.shape[-1]
    return x * d**-0.5
