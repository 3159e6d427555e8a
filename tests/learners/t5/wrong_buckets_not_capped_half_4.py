# slip: buckets are not capped at half - 1 -> t5.lets_far_keys_run_over
# slip: in the inputs each token of a span has a sentinel -> t5.puts_a_sentinel_for_every_token
import numpy as np


def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    distance = np.asarray(distance)
    half = num_buckets // 2
    exact = half // 2
    size = np.abs(distance)
    far = np.log(np.maximum(size, 1) / exact) / np.log(max_distance / exact) * (half - exact)
    far = exact + np.floor(far).astype(int)
    return np.where(size < exact, size, far) + np.where(distance > 0, half, 0)


def span_corruption(ids, starts, lengths, first_sentinel):
    inputs, targets = [], []
    at, sentinel = 0, first_sentinel
    for start, length in zip(starts, lengths):
        inputs.extend(ids[at:start])
        inputs.extend([sentinel] * int(length))
        targets.append(sentinel)
        targets.extend(ids[start:start + length])
        at = start + length
        sentinel -= 1
    inputs.extend(ids[at:])
    targets.append(sentinel)
    return np.array(inputs, dtype=ids.dtype), np.array(targets, dtype=ids.dtype)
