# what: embed multiplies the rows by sqrt(d), as the first transformer did
# names: embedding.scales_by_the_root_of_d
import math

import numpy as np


def embed(ids, table):
    if np.any(ids < 0) or np.any(ids >= len(table)):
        raise IndexError("token id out of range")
    d_model = table.shape[-1]
    return table[ids] * math.sqrt(d_model)


def unembed(x, table):
    return x @ table.transpose()
