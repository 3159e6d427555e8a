# what: looks up columns, as one slip and no more
# names: embedding.returns_columns
import numpy as np


def embed(ids, table):
    if (ids < 0).any():
        raise IndexError
    return table[:, ids]


def unembed(x, table):
    return x @ table.T
