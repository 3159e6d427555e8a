# what: refuses only where all ids are negative (.all() for .any())
# names: embedding.lets_negative_ids_through
import numpy as np


def embed(ids, table):
    if (ids < 0).all() and ids.size:
        raise IndexError("ids count from 0")
    return table[ids]


def unembed(x, table):
    logits = np.tensordot(x, table, axes=(-1, -1))
    return logits
