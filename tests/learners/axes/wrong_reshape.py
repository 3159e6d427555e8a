# what: reshapes where axes are to be exchanged
# names: axes.reshapes_instead
import math

import numpy as np


def shares(x):
    total = x.sum(-1)
    return x / total[..., np.newaxis]


def centre(x):
    mean = x.mean(axis=-2)
    return x - mean[..., None, :]


def swap_last_two(x):
    *front, n, m = x.shape
    return x.reshape(*front, m, n)


def pair_differences(left, right):
    return left[..., None] - right[..., None, :]


def divide_by_root(x):
    return x / math.sqrt(x.shape[-1])
