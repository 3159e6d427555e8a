# what: a ValueError for ids out of range, and a one-hot product in float64 is not used
# names: embedding.raises_another_error
import numpy as np


def embed(ids, table):
    V = table.shape[0]
    if np.logical_or(ids < 0, ids >= V).any():
        raise ValueError(f"ids must be in [0, {V})")
    return table[ids]


def unembed(x, table):
    return x @ table.T
