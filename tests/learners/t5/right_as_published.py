import math

import numpy as np


def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    num_buckets //= 2
    buckets = (distance > 0).astype(np.int64) * num_buckets
    n = abs(distance)
    max_exact = num_buckets // 2
    is_small = n < max_exact
    safe = np.where(is_small, max_exact, n)
    val_if_large = max_exact + (
        np.log(safe.astype(np.float32) / max_exact)
        / math.log(max_distance / max_exact)
        * (num_buckets - max_exact)
    ).astype(np.int64)
    val_if_large = np.minimum(val_if_large, num_buckets - 1)
    return buckets + np.where(is_small, n, val_if_large)


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
