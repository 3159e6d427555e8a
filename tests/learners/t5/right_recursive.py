import math

import numpy as np


def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    half = num_buckets // 2
    exact = half // 2
    clipped = np.minimum(np.abs(distance), max_distance - 1)
    ratio = np.log2(np.maximum(clipped, 1) / exact) / np.log2(max_distance / exact)
    large = np.floor(exact + ratio * (half - exact)).astype(distance.dtype)
    return np.where(clipped < exact, clipped, large) + np.where(distance > 0, half, 0)


def span_corruption(ids, starts, lengths, first_sentinel):
    if len(starts) == 0:
        return ids, np.array([first_sentinel])
    s, n = starts[0], lengths[0]
    rest, found = span_corruption(ids[s + n :], starts[1:] - s - n, lengths[1:], first_sentinel - 1)
    mark = [first_sentinel]
    return np.concatenate([ids[:s], mark, rest]), np.concatenate([mark, ids[s : s + n], found])
