# what: right, but makes the n x n table of scores
import numpy as np


def memory_efficient_attention(query, key, value, block_size, causal=False):
    n, d_k = query.shape[-2:]
    scores = query @ np.swapaxes(key, -1, -2) / d_k ** 0.5
    if causal:
        scores = np.where(np.tri(n, dtype=bool), scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return weights @ value / weights.sum(axis=-1, keepdims=True)
