# what: .T for the last two axes, and the root by np.sqrt
# names: axes.turns_all_axes_round axes.takes_the_root_in_float64
import numpy as np


def shares(x):
    return x / np.sum(x, axis=-1, keepdims=True)


def centre(x):
    return x - np.mean(x, axis=-2, keepdims=True)


def swap_last_two(x):
    return x.T


def pair_differences(left, right):
    return left[..., None] - right[..., None, :]


def divide_by_root(x):
    return x / np.sqrt(x.shape[-1])
