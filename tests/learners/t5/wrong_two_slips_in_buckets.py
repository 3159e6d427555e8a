# slip: 0 goes to the right -> t5.gives_the_upper_half_to_the_place_itself
# slip: as many wide buckets as exact ones -> t5.takes_as_many_wide_as_exact
import math

import numpy as np


def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    half = num_buckets // 2
    exact = half // 2
    n = np.abs(distance)
    log_ratio = np.log(np.maximum(n, exact) / exact) / np.log(max_distance / exact)
    large = np.minimum(exact + (log_ratio * exact).astype(int), half - 1)
    return np.where(n < exact, n, large) + (distance >= 0) * half


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
