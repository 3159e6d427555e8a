# what: swap_last_two forgets to return, and divide_by_root is not written
import numpy as np


def shares(x):
    return x / np.sum(x, axis=-1, keepdims=True)


def centre(x):
    return x - np.mean(x, axis=-2, keepdims=True)


def swap_last_two(x):
    np.swapaxes(x, -1, -2)


def pair_differences(left, right):
    return left[..., None] - right[..., None, :]


def divide_by_root(x):
    raise NotImplementedError
