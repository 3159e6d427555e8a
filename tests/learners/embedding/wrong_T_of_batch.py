# what: x.T for the product; every axis of a batch is turned round
import numpy as np


def embed(ids, table):
    if np.any(ids < 0):
        raise IndexError("negative id")
    return table[ids]


def unembed(x, table):
    return (table @ x.T).T
