# what: two mistakes: features that do not fit are dropped silently instead of raising, and np.zeros makes float64 of float32.
# names: multi_head.drops_the_features_left_over
import numpy as np


def split_heads(x, num_heads):
    d_head = x.shape[-1] // num_heads
    heads = np.zeros(x.shape[:-2] + (num_heads, x.shape[-2], d_head))
    for h in range(num_heads):
        heads[..., h, :, :] = x[..., h * d_head : (h + 1) * d_head]
    return heads


def merge_heads(heads):
    h, n, d_head = heads.shape[-3:]
    x = np.zeros(heads.shape[:-3] + (n, h * d_head))
    for k in range(h):
        x[..., k * d_head : (k + 1) * d_head] = heads[..., k, :, :]
    return x
