# what: the best token for its logits
# names: embedding.chooses_a_token
import numpy as np


def embed(ids, table):
    if np.any(ids < 0):
        raise IndexError("negative id")
    return table[ids]


def unembed(x, table):
    logits = x @ table.T
    return np.argmax(logits, axis=-1)
