# what: held at num_buckets - 1 before the half is added
# names: t5.ends_with_the_last_bucket_of_all
import math

import numpy as np


def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    half = num_buckets // 2
    exact = half // 2
    n = np.abs(distance)
    log_ratio = np.log(np.maximum(n, exact) / exact) / np.log(max_distance / exact)
    large = np.minimum(exact + (log_ratio * (half - exact)).astype(int), num_buckets - 1)
    return np.where(n < exact, n, large) + (distance > 0) * half


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
