# right: integer powers in place of logarithms, numpy for the spans
import numpy as np


def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    half = num_buckets // 2
    exact = half // 2
    rest = half - exact

    def one(d):
        size = abs(int(d))
        if size < exact:
            bucket = size
        else:
            # the largest k with (size / exact) ** rest >= (max_distance / exact) ** k, in integers
            k = 0
            while k < rest and size ** rest * exact ** (k + 1) >= max_distance ** (k + 1) * exact ** rest:
                k += 1
            bucket = min(exact + k, half - 1)
        return bucket + half if d > 0 else bucket

    distance = np.asarray(distance)
    return np.array([one(d) for d in distance.ravel()], dtype=int).reshape(distance.shape)


def span_corruption(ids, starts, lengths, first_sentinel):
    n = len(ids)
    number = np.zeros(n, dtype=int)
    for k, (s, m) in enumerate(zip(starts, lengths)):
        number[s:s + m] = k + 1
    begins = np.zeros(n, dtype=bool)
    begins[starts] = True
    text = np.where(begins, first_sentinel + 1 - number, ids)
    inputs = text[begins | (number == 0)]
    parts = []
    for k, (s, m) in enumerate(zip(starts, lengths)):
        parts += [[first_sentinel - k], ids[s:s + m]]
    targets = np.concatenate(parts + [[first_sentinel - len(starts)]]).astype(ids.dtype)
    return inputs, targets
