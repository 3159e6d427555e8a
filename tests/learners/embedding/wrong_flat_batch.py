# what: a batch becomes one text
# names: embedding.runs_texts_together
import numpy as np


def embed(ids, table):
    out = []
    for i in ids.flatten():
        if i < 0:
            raise IndexError(i)
        out.append(table[i])
    return np.array(out)


def unembed(x, table):
    return x @ table.T
