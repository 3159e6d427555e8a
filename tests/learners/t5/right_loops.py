import math

import numpy as np


def one_bucket(distance, num_buckets, max_distance):
    half = num_buckets // 2
    exact = half // 2
    size = abs(distance)
    offset = half if distance > 0 else 0
    if size < exact:
        return offset + size
    if size >= max_distance:
        return offset + half - 1
    part = math.log(size / exact) / math.log(max_distance / exact)
    return offset + exact + math.floor(part * (half - exact))


def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    out = np.zeros(distance.shape, dtype=int)
    for index in np.ndindex(distance.shape):
        out[index] = one_bucket(int(distance[index]), num_buckets, max_distance)
    return out


def span_corruption(ids, starts, lengths, first_sentinel):
    inputs, targets = [], []
    i, k = 0, 0
    while i < len(ids):
        if k < len(starts) and i == starts[k]:
            inputs.append(first_sentinel - k)
            targets.append(first_sentinel - k)
            for j in range(lengths[k]):
                targets.append(ids[i + j])
            i += lengths[k]
            k += 1
        else:
            inputs.append(ids[i])
            i += 1
    targets.append(first_sentinel - k)
    return np.array(inputs), np.array(targets)
