# what: np.take with mode wrap
# names: embedding.starts_over_behind_the_table
import numpy as np


def embed(ids, table):
    return np.take(table, ids, axis=0, mode="wrap")


def unembed(x, table):
    return x.dot(table.transpose())
