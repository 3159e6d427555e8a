# what: np.take with mode clip
# names: embedding.moves_bad_ids_into_the_table
import numpy as np


def embed(ids, table):
    return np.take(table, ids, axis=0, mode="clip")


def unembed(x, table):
    return x @ table.T
