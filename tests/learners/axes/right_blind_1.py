import math

import numpy as np


def shares(x):
    result = np.empty_like(x, dtype=np.result_type(x, 0.0))
    for row in np.ndindex(x.shape[:-1]):
        total = 0
        for number in x[row]:
            total = total + number
        result[row] = x[row] / total
    return result


def centre(x):
    n = x.shape[-2]
    total = x[..., 0:1, :]
    for word in range(1, n):
        total = total + x[..., word:word + 1, :]
    return x - total / n


def swap_last_two(x):
    swapped = np.empty(x.shape[:-2] + (x.shape[-1], x.shape[-2]), dtype=x.dtype)
    for j in range(x.shape[-1]):
        swapped[..., j, :] = x[..., :, j]
    return swapped


def pair_differences(left, right):
    columns = []
    for j in range(right.shape[-1]):
        columns.append(left - right[..., j:j + 1])
    return np.stack(columns, axis=-1)


def divide_by_root(x):
    return x / math.sqrt(x.shape[-1])
