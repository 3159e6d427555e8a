import numpy as np


def shares(x):
    out = np.empty_like(x)
    for index in np.ndindex(x.shape[:-1]):
        out[index] = x[index] / sum(x[index])
    return out


def centre(x):
    out = x.copy()
    for index in np.ndindex(x.shape[:-2]):
        for j in range(x.shape[-1]):
            out[index][:, j] -= x[index][:, j].mean()
    return out


def swap_last_two(x):
    out = np.empty((*x.shape[:-2], x.shape[-1], x.shape[-2]), x.dtype)
    for i in range(x.shape[-2]):
        for j in range(x.shape[-1]):
            out[..., j, i] = x[..., i, j]
    return out


def pair_differences(left, right):
    out = np.empty((*left.shape, right.shape[-1]), dtype=left.dtype)
    for i in range(left.shape[-1]):
        for j in range(right.shape[-1]):
            out[..., i, j] = left[..., i] - right[..., j]
    return out


def divide_by_root(x):
    out = np.empty_like(x)
    out[...] = x / np.sqrt(x.shape[-1])
    return out
