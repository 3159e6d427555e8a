# what: .T turns all axes round, not the last two
# names: axes.turns_all_axes_round
import numpy as np


def shares(x):
    return x / x.sum(-1, keepdims=True)


def centre(x):
    return x - x.mean(-2, keepdims=True)


def swap_last_two(x):
    return x.T


def pair_differences(left, right):
    return np.subtract(left[..., None], right[..., None, :])


def divide_by_root(x):
    d = x.shape[-1]
    return x * (1 / d ** 0.5)
