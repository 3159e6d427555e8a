# what: sentinels count up, the last one too
# names: t5.counts_all_sentinels_up
import math

import numpy as np


def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    per_side = num_buckets // 2
    max_exact = per_side // 2
    out = np.where(distance > 0, per_side, 0)
    n = np.abs(distance)
    with np.errstate(divide="ignore"):
        scaled = np.log(n / max_exact) / np.log(max_distance / max_exact) * (per_side - max_exact)
    large = max_exact + np.floor(np.maximum(scaled, 0)).astype(int)
    return out + np.where(n < max_exact, n, np.minimum(large, per_side - 1))


def span_corruption(ids, starts, lengths, first_sentinel):
    inputs, targets, last = [], [], 0
    for k in range(len(starts)):
        inputs += [*ids[last : starts[k]], first_sentinel + k]
        last = starts[k] + lengths[k]
        targets += [first_sentinel + k, *ids[starts[k] : last]]
    inputs += [*ids[last:]]
    targets += [first_sentinel + len(starts)]
    return np.array(inputs), np.array(targets)
