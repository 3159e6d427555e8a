# what: refuses the last id of the table
# names: embedding.refuses_the_last_id
import numpy as np


def embed(ids, table):
    if (ids < 0).any() or (ids >= len(table) - 1).any():
        raise IndexError
    return table[ids]


def unembed(x, table):
    return x @ table.T
