import numpy as np


class TiedEmbedding:
    """One table for the way in and the way out; an id is a row of the identity."""

    def __init__(self, weight):
        self.weight = weight
        self.names = np.arange(len(weight))

    def one_hot(self, ids):
        hot = ids[..., np.newaxis] == self.names
        if not hot.any(axis=-1).all():
            raise IndexError("an id is not in the table")
        return hot.astype(self.weight.dtype)

    def lookup(self, ids):
        return self.one_hot(ids) @ self.weight

    def attend(self, x):
        return np.inner(x, self.weight)


def embed(ids, table):
    return TiedEmbedding(table).lookup(ids)


def unembed(x, table):
    return TiedEmbedding(table).attend(x)
