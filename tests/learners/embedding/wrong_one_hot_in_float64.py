# what: np.zeros makes a one-hot matrix in float64
# names: embedding.multiplies_in_float64
import numpy as np


def embed(ids, table):
    if (ids < 0).any():
        raise IndexError("below 0")
    one_hot = np.zeros((*ids.shape, len(table)))
    np.put_along_axis(one_hot, ids[..., None], 1, axis=-1)
    return one_hot @ table


def unembed(x, table):
    return x @ table.T
