# what: np.sqrt of a Python number is float64, and makes float32 vectors float64
# names: axes.takes_the_root_in_float64
import numpy as np


def shares(x):
    return x / np.sum(x, axis=-1, keepdims=True)


def centre(x):
    return x - np.mean(x, axis=-2, keepdims=True)


def swap_last_two(x):
    axes = list(range(x.ndim))
    axes[-1], axes[-2] = axes[-2], axes[-1]
    return x.transpose(axes)


def pair_differences(left, right):
    return left[..., :, np.newaxis] - right[..., np.newaxis, :]


def divide_by_root(x):
    return x / np.sqrt(x.shape[-1])
