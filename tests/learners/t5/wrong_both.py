# slip: no half for keys after the query -> t5.forgets_the_side
# slip: rounds to the nearest -> t5.rounds_to_the_nearest
# slip: the sentinel stands behind its span -> t5.announces_spans_afterwards
import math

import numpy as np


def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    half = num_buckets // 2
    exact = half // 2
    n = np.abs(distance)
    log_ratio = np.log(np.maximum(n, exact) / exact) / np.log(max_distance / exact)
    large = np.minimum(exact + np.rint(log_ratio * (half - exact)).astype(int), half - 1)
    return np.where(n < exact, n, large)


def span_corruption(ids, starts, lengths, first_sentinel):
    inputs, targets, last = [], [], 0
    for k in range(len(starts)):
        inputs += [*ids[last : starts[k]], first_sentinel - k]
        last = starts[k] + lengths[k]
        targets += [*ids[starts[k] : last], first_sentinel - k]
    inputs += [*ids[last:]]
    targets += [first_sentinel - len(starts)]
    return np.array(inputs), np.array(targets)
