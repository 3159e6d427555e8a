# what: as many sentinels as tokens are hidden
# names: t5.puts_a_sentinel_for_every_token
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
    inputs, targets = ids.copy(), []
    for k, (s, n) in enumerate(zip(starts, lengths)):
        inputs[s : s + n] = first_sentinel - k
        targets += [first_sentinel - k, *ids[s : s + n]]
    return inputs, np.array([*targets, first_sentinel - len(starts)])
