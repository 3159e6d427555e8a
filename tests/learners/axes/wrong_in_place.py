# what: everything is written into x
# names: axes.divides_in_place axes.subtracts_in_place axes.scales_in_place
import math

import numpy as np


def shares(x):
    x /= x.sum(axis=-1)[..., None]
    return x


def centre(x):
    x -= x.mean(axis=-2, keepdims=True)
    return x


def swap_last_two(x):
    return x.swapaxes(-1, -2)


def pair_differences(left, right):
    return left[..., None] - right[..., None, :]


def divide_by_root(x):
    x /= math.sqrt(x.shape[-1])
    return x
