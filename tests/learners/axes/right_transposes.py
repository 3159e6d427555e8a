import numpy as np


def shares(x):
    return (x.T / x.T.sum(axis=0)).T


def centre(x):
    flat = x.reshape(-1, *x.shape[-2:])
    return (flat - flat.mean(axis=1)[:, None]).reshape(x.shape)


def swap_last_two(x):
    axes = list(range(x.ndim))
    axes[-1], axes[-2] = axes[-2], axes[-1]
    return np.transpose(x, axes)


def pair_differences(left, right):
    n, m = left.shape[-1], right.shape[-1]
    return np.repeat(left, m, axis=-1).reshape(*left.shape, m) - np.stack([right] * n, axis=-2)


def divide_by_root(x):
    return np.divide(x, np.sqrt(x.shape[-1]), dtype=x.dtype)
