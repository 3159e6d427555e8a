import numpy as np

from exercises.attention.attention import attention


def local_attention(query, key, value, window):
    """Blocks of queries, each with the keys around it, and a mask for the exact window."""
    n, size = query.shape[-2], max(32, window)
    parts = []
    for start in range(0, n, size):
        stop = min(n, start + size)
        low, high = max(0, start - window), min(n, stop + window)
        i, j = np.arange(start, stop), np.arange(low, high)
        mask = np.abs(i[:, None] - j[None, :]) <= window
        part, _ = attention(
            query[..., start:stop, :], key[..., low:high, :], value[..., low:high, :], mask
        )
        parts.append(part)
    return np.concatenate(parts, axis=-2)
