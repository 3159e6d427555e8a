# what: left lies along the columns; divides by d
# names: axes.puts_the_left_along_the_columns axes.divides_without_the_root
import numpy as np


def shares(x):
    total = x.sum(-1)
    return x / total[..., np.newaxis]


def centre(x):
    return x - np.mean(x, axis=-2, keepdims=True)


def swap_last_two(x):
    return x.swapaxes(-1, -2)


def pair_differences(left, right):
    n = left.shape[-1]
    m = right.shape[-1]
    out = np.zeros((*left.shape[:-1], m, n), left.dtype)
    for i in range(n):
        for j in range(m):
            out[..., j, i] = left[..., i] - right[..., j]
    return out


def divide_by_root(x):
    return x / x.shape[-1]
