# what: counts axes from the front, so batches come out wrong or crash
# names: multi_head.expects_heads_in_front
# names: multi_head.moves_the_heads_to_the_front
import numpy as np


def split_heads(x, num_heads):
    if x.shape[-1] % num_heads:
        raise ValueError("num_heads must divide d")
    parts = np.array_split(x, num_heads, axis=-1)
    return np.array(parts)


def merge_heads(heads):
    return np.concatenate([head for head in heads], axis=-1)
