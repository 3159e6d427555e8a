import numpy as np


def split_heads(x, num_heads):
    if x.shape[-1] % num_heads:
        raise ValueError("the number of heads must divide the width")
    if num_heads == 1:
        return x[..., None, :, :]
    cut = x.shape[-1] // num_heads
    first, others = x[..., :cut], x[..., cut:]
    return np.concatenate((first[..., None, :, :], split_heads(others, num_heads - 1)), axis=-3)


def merge_heads(heads):
    if heads.shape[-3] == 1:
        return np.squeeze(heads, axis=-3)
    return np.concatenate((heads[..., 0, :, :], merge_heads(heads[..., 1:, :, :])), axis=-1)
