# what: targets are made as the inputs are, of the complement
# names: t5.closes_only_before_more_text
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


def hide(ids, mask, first_sentinel):
    out, before, sentinel = [], False, first_sentinel
    for token, hidden in zip(ids, mask):
        if not hidden:
            out.append(token)
        elif not before:
            out.append(sentinel)
            sentinel -= 1
        before = hidden
    return out


def span_corruption(ids, starts, lengths, first_sentinel):
    mask = np.zeros(len(ids), dtype=bool)
    for s, n in zip(starts, lengths):
        mask[s : s + n] = True
    inputs = hide(ids, mask, first_sentinel)
    targets = hide(ids, ~mask, first_sentinel)
    if mask[0]:
        targets = hide([0, *ids], [True, *~mask], first_sentinel)
    return np.array(inputs), np.array(targets)
