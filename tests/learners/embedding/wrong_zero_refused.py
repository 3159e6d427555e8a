# what: refuses the id 0
# names: embedding.refuses_the_id_zero
import numpy as np


def embed(ids, table):
    if (ids <= 0).any():
        raise IndexError
    return table[ids]


def unembed(x, table):
    return x @ table.T
