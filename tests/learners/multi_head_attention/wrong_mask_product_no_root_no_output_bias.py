# slip: in `_softmax`, scores are multiplied by the mask before the exponential, so forbidden ones are 0 instead of -inf and still get weight -> masking.writes_zeros_for_forbidden_scores
# slip: in `_attend`, the scores are divided by d_head instead of its square root -> attention.divides_by_the_width_itself
# slip: in `multi_head_attention`, b_output is not added -> multi_head_attention.forgets_the_last_bias

import math

import numpy as np


def _softmax(s, mask=None):
    if mask is not None:
        s = s * mask
    top = np.max(s, axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0).astype(s.dtype)
    e = np.exp(s - top)
    total = np.sum(e, axis=-1, keepdims=True)
    return e / np.where(total == 0, 1.0, total)


def _attend(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / q.shape[-1]
    weights = _softmax(scores, mask)
    return weights @ v


def _split(x, h):
    return x.reshape(*x.shape[:-1], h, x.shape[-1] // h).swapaxes(-2, -3)


def _join(x):
    x = x.swapaxes(-2, -3)
    return x.reshape(*x.shape[:-2], x.shape[-2] * x.shape[-1])


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    p, h = params, num_heads
    q = _split(query @ p["w_query"] + p["b_query"], h)
    k = _split(key @ p["w_key"] + p["b_key"], h)
    v = _split(value @ p["w_value"] + p["b_value"], h)
    if mask is not None:
        mask = np.expand_dims(mask, -3)
    found = _attend(q, k, v, mask)
    return _join(found) @ p["w_output"]
