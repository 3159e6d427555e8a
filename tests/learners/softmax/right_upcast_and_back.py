import numpy as np


def softmax(scores, axis=-1):
    """Work in double precision, then give back what came in."""
    wide = np.array(scores, dtype=np.float64)
    wide -= wide.max(axis=axis, keepdims=True)
    np.exp(wide, out=wide)
    wide /= wide.sum(axis=axis, keepdims=True)
    if np.issubdtype(scores.dtype, np.floating):
        return wide.astype(scores.dtype)
    return wide
