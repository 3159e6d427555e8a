# what: x @ table
# names: embedding.multiplies_by_the_table_as_it_is
import numpy as np


def embed(ids, table):
    if np.any(ids < 0):
        raise IndexError("negative id")
    return table[ids]


def unembed(x, table):
    return np.matmul(x, table)
