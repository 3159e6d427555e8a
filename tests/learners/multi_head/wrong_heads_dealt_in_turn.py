# what: in `split_heads`, head i gets every h-th feature (i, i + h, i + 2h ...) instead of a consecutive block
# names: multi_head.deals_features_out_in_turn

import numpy as np


def split_heads(x, num_heads):
    d = x.shape[-1]
    if d % num_heads:
        raise ValueError(f"{d} features do not divide into {num_heads} heads")
    width = d // num_heads
    parts = [x[..., i::num_heads] for i in range(num_heads)]
    return np.stack(parts, axis=-3)


def merge_heads(heads):
    parts = [heads[..., i, :, :] for i in range(heads.shape[-3])]
    return np.concatenate(parts, axis=-1)
