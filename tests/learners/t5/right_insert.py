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
    sentinels = first_sentinel - np.arange(len(starts))
    gone = np.concatenate([np.arange(s, s + n) for s, n in zip(starts, lengths)])
    with_sentinels = np.insert(ids, starts, sentinels)
    shift = np.searchsorted(starts, gone, side="right")
    inputs = np.delete(with_sentinels, gone + shift)
    spans = ids[gone]
    where = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    targets = np.insert(spans, where, sentinels)
    return inputs, np.append(targets, first_sentinel - len(starts))
