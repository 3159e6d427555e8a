# what: unembed goes on to probabilities with a softmax, where logits are asked for
# names: embedding.returns_probabilities
import numpy as np


def _check(ids, size):
    for i in np.ravel(ids):
        if not 0 <= i < size:
            raise IndexError(f"id {i} is not in a vocabulary of {size}")


def embed(ids, table):
    _check(ids, len(table))
    return table[ids]


def unembed(x, table):
    scores = x @ table.T
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
