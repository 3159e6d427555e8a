# what: returns probabilities; counts ids from 1
# names: embedding.returns_probabilities embedding.counts_ids_from_one
import numpy as np

from exercises.attention.softmax import softmax


def embed(ids, table):
    if (ids < 0).any():
        raise IndexError("below 0")
    return table[ids - 1]


def unembed(x, table):
    return softmax(x @ table.T)
