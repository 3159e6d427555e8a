# slip: the shape of the ids is lost, a batch of texts becomes one long text -> embedding.runs_texts_together
# slip: the logits are divided by sqrt(d) -> embedding.divides_by_the_root_of_d
import numpy as np


def embed(ids, table):
    rows = []
    for i in ids.flatten():
        if i < 0:
            raise IndexError("negative id")
        rows.append(table[i])
    return np.array(rows, dtype=table.dtype)


def unembed(x, table):
    d = x.shape[-1]
    return x @ table.T / d ** 0.5
