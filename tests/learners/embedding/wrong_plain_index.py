# what: negative ids wrap round
# names: embedding.lets_negative_ids_through
import numpy as np


def embed(ids, table):
    return table[ids]


def unembed(x, table):
    return x @ table.T
