# slip: a strict inequality, so windows are one short on both sides -> local_attention.stops_one_short_on_both_sides; one position too short on either side
# slip: scores are divided by d_k instead of its root -> local_attention.divides_by_the_width
import numpy as np


def masked_softmax(x, mask):
    x = np.where(mask, x, -np.inf)
    top = x.max(axis=-1, keepdims=True)
    e = np.exp(x - np.where(np.isfinite(top), top, 0))
    return e / np.maximum(e.sum(axis=-1, keepdims=True), e.dtype.type(1e-30))


def local_attention(query, key, value, window):
    n = query.shape[-2]
    rows = []
    for i in range(n):
        lo, hi = max(0, i - window), min(n, i + window + 1)
        mask = (np.abs(np.arange(lo, hi) - i) < window)[None]
        scores = query[..., i : i + 1, :] @ np.swapaxes(key[..., lo:hi, :], -1, -2)
        weights = masked_softmax(scores / query.shape[-1], mask)
        rows.append(weights @ value[..., lo:hi, :])
    return np.concatenate(rows, axis=-2)
