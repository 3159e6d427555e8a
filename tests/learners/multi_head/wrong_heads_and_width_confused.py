# what: num_heads is taken for the width of a head, so there are d / num_heads heads.
# names: multi_head.takes_the_number_of_heads_for_their_width
import numpy as np


def split_heads(x, num_heads):
    if x.shape[-1] % num_heads:
        raise ValueError("d not divisible by number of heads")
    blocks = [x[..., i : i + num_heads] for i in range(0, x.shape[-1], num_heads)]
    return np.stack(blocks, axis=-3)


def merge_heads(heads):
    return np.concatenate([heads[..., i, :, :] for i in range(heads.shape[-3])], axis=-1)
