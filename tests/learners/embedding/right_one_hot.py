import numpy as np


def embed(ids, table):
    one_hot = ids[..., None] == np.arange(len(table))
    if not one_hot.any(axis=-1).all():
        raise IndexError("an id that is not in the table")
    return one_hot.astype(table.dtype) @ table


def unembed(x, table):
    return np.matmul(x, np.swapaxes(table, 0, 1))
