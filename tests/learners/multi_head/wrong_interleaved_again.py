# what: head i gets every h-th feature (i, i+h, ...) instead of a consecutive block; merge is the matching inverse.
# names: multi_head.deals_features_out_in_turn
# names: multi_head.interleaves_the_heads
import numpy as np


def split_heads(x, num_heads):
    *lead, n, d = x.shape
    if d % num_heads:
        raise ValueError
    x = x.reshape(*lead, n, d // num_heads, num_heads)
    return np.moveaxis(x, -1, -3)


def merge_heads(heads):
    x = np.moveaxis(heads, -3, -1)
    return x.reshape(*x.shape[:-2], -1)
