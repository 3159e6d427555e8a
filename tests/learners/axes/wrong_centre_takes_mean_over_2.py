# what: centre takes the mean over the features of a word (axis -1), not over the words
# names: axes.takes_the_mean_of_each_word
import math

import numpy as np


def shares(x):
    total = x.sum(axis=-1)[..., np.newaxis]
    return x / total


def centre(x):
    mean = x.mean(axis=-1, keepdims=True)
    return x - mean


def swap_last_two(x):
    return x.swapaxes(-1, -2)


def pair_differences(left, right):
    return left[..., np.newaxis] - right[..., np.newaxis, :]


def divide_by_root(x):
    return x / math.sqrt(x.shape[-1])
