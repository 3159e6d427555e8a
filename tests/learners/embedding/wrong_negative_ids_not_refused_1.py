# what: negative ids are not refused, NumPy counts them from the end
# names: embedding.lets_negative_ids_through
import numpy as np


def embed(ids, table):
    # NumPy raises IndexError by itself for ids that are too large
    return table[np.asarray(ids)]


def unembed(x, table):
    return np.matmul(x, table.T)
