# what: np.take without an axis
# names: embedding.looks_up_single_numbers
import numpy as np


def embed(ids, table):
    if (ids < 0).any():
        raise IndexError
    return np.take(table, ids)


def unembed(x, table):
    return x @ table.T
