# slip: the window is exclusive, |i - j| < window (0 keeps itself) -> local_attention.counts_itself_into_the_window
# slip: scores are not divided by sqrt(d_k) -> local_attention.leaves_the_scale_out
import numpy as np


def local_attention(query, key, value, window):
    n, d_k = query.shape[-2], query.shape[-1]
    window = max(min(window, n) - 1, 0)
    scores = np.full(query.shape[:-1] + (2 * window + 1,), -np.inf, dtype=query.dtype)
    for column, shift in enumerate(range(-window, window + 1)):
        lo, hi = max(0, -shift), min(n, n - shift)
        products = (query[..., lo:hi, :] * key[..., lo + shift:hi + shift, :]).sum(axis=-1)
        scores[..., lo:hi, column] = products
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    output = np.zeros(query.shape[:-1] + (value.shape[-1],), dtype=query.dtype)
    for column, shift in enumerate(range(-window, window + 1)):
        lo, hi = max(0, -shift), min(n, n - shift)
        output[..., lo:hi, :] += (
            weights[..., lo:hi, column, None] * value[..., lo + shift:hi + shift, :]
        )
    return output
