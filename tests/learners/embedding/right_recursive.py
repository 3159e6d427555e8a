import numpy as np


class OutOfTable(IndexError):
    pass


def embed(ids, table):
    if np.ndim(ids) > 1:
        return np.stack([embed(row, table) for row in ids])
    rows = []
    for i in ids:
        if not 0 <= i < len(table):
            raise OutOfTable(str(i))
        rows.append(table[int(i)])
    return np.array(rows)


def unembed(x, table):
    if x.ndim > 2:
        return np.stack([unembed(part, table) for part in x])
    return np.stack([x @ row for row in table], axis=-1)
