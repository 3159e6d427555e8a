# what: distance is read as query minus key
# names: t5.gives_the_upper_half_to_keys_before
import math

import numpy as np


def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    n = -distance
    num_buckets //= 2
    ret = (n > 0).astype(int) * num_buckets
    n = np.abs(n)
    max_exact = num_buckets // 2
    large = max_exact + (
        np.log(np.maximum(n, 1) / max_exact) / math.log(max_distance / max_exact)
        * (num_buckets - max_exact)
    ).astype(int)
    return ret + np.where(n < max_exact, n, np.minimum(large, num_buckets - 1))


def span_corruption(ids, starts, lengths, first_sentinel):
    inputs, targets = [], []
    position, sentinel = 0, first_sentinel
    for start, length in zip(starts, lengths):
        inputs += list(ids[position:start]) + [sentinel]
        targets += [sentinel] + list(ids[start : start + length])
        position = start + length
        sentinel -= 1
    inputs += list(ids[position:])
    targets.append(sentinel)
    return np.array(inputs), np.array(targets)
