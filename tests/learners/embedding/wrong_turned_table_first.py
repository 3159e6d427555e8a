# what: table.T @ x
# names: embedding.multiplies_the_turned_table_by_x
import numpy as np


def embed(ids, table):
    ids = np.asarray(ids)
    if ids.size and (ids.min() < 0 or ids.max() >= len(table)):
        raise IndexError("an id is not in the table")
    return table[ids]


def unembed(x, table):
    return table.T @ x
