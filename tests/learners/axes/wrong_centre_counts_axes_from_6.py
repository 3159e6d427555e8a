# slip: centre counts axes from the front (axis 0), which is the batch if there is one -> axes.counts_the_axis_from_the_front
# slip: divide_by_root takes the length of the first axis for d -> axes.counts_the_vectors
import numpy as np


def shares(x):
    return np.einsum("...n,...->...n", x, 1 / x.sum(axis=-1))


def centre(x):
    return x - x.mean(axis=0)


def swap_last_two(x):
    return np.einsum("...nm->...mn", x)


def pair_differences(left, right):
    return left[..., None] - right[..., None, :]


def divide_by_root(x):
    return x / len(x) ** 0.5
