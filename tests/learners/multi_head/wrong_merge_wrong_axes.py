# what: merging swaps the last two axes instead of heads and positions, which scrambles the features.
# names: multi_head.turns_every_head_on_its_side
import numpy as np


def split_heads(x, num_heads):
    n, d = x.shape[-2:]
    if d % num_heads > 0:
        raise ValueError("heads do not fit")
    out = x.reshape(x.shape[:-2] + (n, num_heads, d // num_heads))
    return np.moveaxis(out, -2, -3)


def merge_heads(heads):
    h, n, d_head = heads.shape[-3:]
    turned = heads.swapaxes(-1, -2)
    return turned.reshape(heads.shape[:-3] + (n, h * d_head))
