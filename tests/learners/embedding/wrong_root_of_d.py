# what: both ways scaled, as in the paper
# names: embedding.scales_by_the_root_of_d embedding.divides_by_the_root_of_d
import math

import numpy as np


def embed(ids, table):
    if (ids < 0).any():
        raise IndexError("below 0")
    return table[ids] * math.sqrt(table.shape[1])


def unembed(x, table):
    return x @ table.T / math.sqrt(x.shape[-1])
