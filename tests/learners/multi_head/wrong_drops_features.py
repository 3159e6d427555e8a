# what: cuts blocks of d // h without a check, so the features left over vanish silently
# names: multi_head.drops_the_features_left_over
import numpy as np


def split_heads(x, num_heads):
    d_head = x.shape[-1] // num_heads
    heads = [x[..., i * d_head : (i + 1) * d_head] for i in range(num_heads)]
    return np.stack(heads, axis=-3)


def merge_heads(heads):
    return np.concatenate(list(np.moveaxis(heads, -3, 0)), axis=-1)
