# what: splits by reshape alone, which mixes features of different positions; merging undoes it exactly so the round trip hides it.
# names: multi_head.reshapes_without_transposing
# names: multi_head.merges_without_transposing
import numpy as np


def split_heads(x, num_heads):
    if x.shape[-1] % num_heads:
        raise ValueError("not divisible")
    return x.reshape(x.shape[:-2] + (num_heads, x.shape[-2], x.shape[-1] // num_heads))


def merge_heads(heads):
    return np.reshape(heads, heads.shape[:-3] + (heads.shape[-2], heads.shape[-3] * heads.shape[-1]))
