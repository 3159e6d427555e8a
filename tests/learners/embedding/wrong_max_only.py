# what: checks the largest id only, and gives the last position's logits
# names: embedding.lets_negative_ids_through embedding.scores_the_last_position_only
import numpy as np


def embed(ids, table):
    if ids.max() >= len(table):
        raise IndexError("too large")
    return table[ids]


def unembed(x, table):
    return x[..., -1, :] @ table.T
