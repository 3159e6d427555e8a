# what: the words are counted from the front
# names: axes.counts_the_axis_from_the_front
import math

import numpy as np


def shares(x):
    return x / np.sum(x, axis=-1, keepdims=True)


def centre(x):
    means = x.mean(axis=0, keepdims=True)
    return x - means


def swap_last_two(x):
    return np.moveaxis(x, -1, -2)


def pair_differences(left, right):
    return np.expand_dims(left, -1) - np.expand_dims(right, -2)


def divide_by_root(x):
    return x / math.sqrt(x.shape[-1])
