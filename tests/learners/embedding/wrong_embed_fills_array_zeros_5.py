# slip: embed fills an array of zeros that is float64 whatever the table is
# slip: negative ids are not refused -> embedding.lets_negative_ids_through
import numpy as np


def embed(ids, table):
    V, d = table.shape
    out = np.zeros(ids.shape + (d,))
    for idx, token in np.ndenumerate(ids):
        if token >= V:
            raise IndexError(token)
        out[idx] = table[token]
    return out


def unembed(x, table):
    return np.einsum("...d,vd->...v", x, table)
