# what: deals the features out like cards (head i owns i, i + h, i + 2h, ...) instead of in consecutive blocks
# names: multi_head.deals_features_out_in_turn
# names: multi_head.interleaves_the_heads
import numpy as np


def split_heads(x, num_heads):
    d = x.shape[-1]
    if d % num_heads:
        raise ValueError(f"{d} % {num_heads} != 0")
    x = x.reshape(*x.shape[:-1], d // num_heads, num_heads)
    return np.moveaxis(x, -1, -3)


def merge_heads(heads):
    x = np.moveaxis(heads, -3, -1)
    return x.reshape(*x.shape[:-2], -1)
