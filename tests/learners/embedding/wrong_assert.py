# what: asserts, which is an AssertionError
import numpy as np


def embed(ids, table):
    assert ids.min() >= 0 and ids.max() < len(table), "id out of range"
    return table[ids]


def unembed(x, table):
    return x @ table.T
