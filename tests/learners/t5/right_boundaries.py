import math

import numpy as np


def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    half = num_buckets // 2
    exact = half // 2
    steps = half - exact
    edges = [*range(1, exact)]
    edges += [exact * (max_distance / exact) ** (k / steps) for k in range(steps)]
    size = np.abs(distance)
    return np.digitize(size, np.array(edges) - 1e-9) + half * (distance > 0)


def span_corruption(ids, starts, lengths, first_sentinel):
    covered = np.zeros(len(ids), dtype=bool)
    for s, n in zip(starts, lengths):
        covered[s : s + n] = True
    sentinels = first_sentinel - np.arange(len(starts) + 1)
    inputs = ids.copy()
    inputs[starts] = sentinels[:-1]
    keep = ~covered
    keep[starts] = True
    spans = np.split(ids, np.stack([starts, starts + lengths], axis=-1).ravel())[1::2]
    targets = []
    for sentinel, span in zip(sentinels, spans):
        targets.extend([sentinel, *span])
    targets.append(sentinels[-1])
    return inputs[keep], np.array(targets)
