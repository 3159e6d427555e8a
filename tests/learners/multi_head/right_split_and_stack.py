import numpy as np


def split_heads(x, num_heads):
    # np.split itself raises ValueError for an unequal division
    return np.stack(np.split(x, num_heads, axis=-1), axis=-3)


def merge_heads(heads):
    return np.concatenate([heads[..., i, :, :] for i in range(heads.shape[-3])], axis=-1)
