# what: einsum without ...
# names: embedding.names_two_axes_only
import numpy as np


def embed(ids, table):
    ids = np.asarray(ids)
    if ids.size and (ids.min() < 0 or ids.max() >= len(table)):
        raise IndexError("an id is not in the table")
    return table[ids]


def unembed(x, table):
    return np.einsum("nd,vd->nv", x, table)
