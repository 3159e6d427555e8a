import numpy as np

from exercises.attention.attention import attention


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    """With the identity for keys, scores go through attention as they are."""
    h = x @ w
    n = len(h)
    s = (h @ a_target).reshape(n, 1) + (h @ a_source).reshape(1, n)
    s = (1 + slope) / 2 * s + (1 - slope) / 2 * np.abs(s)
    out, _ = attention(s * n**0.5, np.eye(n, dtype=x.dtype), h, mask=adjacency)
    return out
