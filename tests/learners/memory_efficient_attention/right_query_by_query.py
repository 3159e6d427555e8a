import numpy as np

from exercises.attention.attention import attention


def memory_efficient_attention(query, key, value, block_size, causal=False):
    """Blocks of queries instead, each with all the keys that it may see."""
    n, parts = query.shape[-2], []
    for start in range(0, n, block_size):
        q = query[..., start : start + block_size, :]
        mask = None
        if causal:
            mask = np.arange(n)[None] <= np.arange(start, start + q.shape[-2])[:, None]
        parts.append(attention(q, key, value, mask)[0])
    return np.concatenate(parts, axis=-2)
