import math

import numpy as np


def memory_efficient_attention(query, key, value, block_size, causal=False):
    n, d = query.shape[-2:]
    cuts = list(range(block_size, n, block_size))
    top = np.full((*query.shape[:-1], 1), np.finfo(query.dtype).min, dtype=query.dtype)
    total = np.zeros_like(top)
    mixed = np.zeros((*query.shape[:-1], value.shape[-1]), dtype=query.dtype)
    row = np.arange(n).reshape(n, 1)
    for k, v, places in zip(
        np.split(key, cuts, axis=-2), np.split(value, cuts, axis=-2), np.split(np.arange(n), cuts)
    ):
        scores = np.matmul(query, np.moveaxis(k, -1, -2)) * (1 / math.sqrt(d))
        seen = (places <= row) if causal else np.ones((n, len(places)), dtype=bool)
        scores = np.where(seen, scores, np.finfo(query.dtype).min)
        new = np.maximum(top, scores.max(axis=-1, keepdims=True))
        e = np.exp(scores - new) * seen
        factor = np.exp(top - new)
        total *= factor
        total += e.sum(axis=-1, keepdims=True)
        mixed *= factor
        mixed += e @ v
        top = new
    return mixed / total
