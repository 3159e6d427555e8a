# what: the new axis stands behind the first one
# names: axes.pairs_along_the_first_axis
import math

import numpy as np


def shares(x):
    return x / np.sum(x, axis=-1, keepdims=True)


def centre(x):
    return x - np.mean(x, axis=-2, keepdims=True)


def swap_last_two(x):
    return x.swapaxes(-1, -2)


def pair_differences(left, right):
    return left[:, np.newaxis] - right


def divide_by_root(x):
    return x / math.sqrt(x.shape[-1])
