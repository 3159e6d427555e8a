# what: the divisibility check looks at x.shape[1], which is the length when there is a batch axis.
# names: multi_head.checks_the_second_axis_and_drops_the_rest
import numpy as np


def split_heads(x, num_heads):
    if x.shape[1] % num_heads != 0:
        raise ValueError("d must be divisible by num_heads")
    d_head = x.shape[-1] // num_heads
    return np.stack([x[..., i * d_head:(i + 1) * d_head] for i in range(num_heads)], axis=-3)


def merge_heads(heads):
    parts = []
    for i in range(heads.shape[-3]):
        parts.append(heads[..., i, :, :])
    return np.concatenate(parts, axis=-1)
