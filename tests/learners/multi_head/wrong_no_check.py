# what: in `split_heads`, a d that is not divisible by num_heads raises no ValueError: the features that are left over are dropped
# names: multi_head.drops_the_features_left_over

import numpy as np


def split_heads(x, num_heads):
    d = x.shape[-1]
    width = d // num_heads
    parts = [x[..., i * width : (i + 1) * width] for i in range(num_heads)]
    return np.stack(parts, axis=-3)


def merge_heads(heads):
    parts = [heads[..., i, :, :] for i in range(heads.shape[-3])]
    return np.concatenate(parts, axis=-1)
