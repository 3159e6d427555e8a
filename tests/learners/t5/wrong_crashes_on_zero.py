# what: math.log of an array
import math

import numpy as np


def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    half = num_buckets // 2
    exact = half // 2
    n = np.abs(distance)
    large = exact + int(math.log(n / exact) / math.log(max_distance / exact) * (half - exact))
    return np.where(n < exact, n, np.minimum(large, half - 1)) + (distance > 0) * half


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
