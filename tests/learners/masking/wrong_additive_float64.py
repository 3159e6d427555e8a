# what: np.where(mask, 0.0, -np.inf) is float64, so float32 scores plus it are float64 too
# names: masking.loses_single_precision
import numpy as np


def causal_mask(n):
    return np.tril(np.full((n, n), True))


def padding_mask(lengths, n):
    return np.expand_dims(np.arange(n) < np.expand_dims(lengths, 1), 1)


def masked_softmax(scores, mask=None):
    if mask is not None:
        scores = scores + np.where(mask, 0.0, -np.inf)
    top = np.max(scores, axis=-1, keepdims=True, initial=-1e30)
    e = np.exp(scores - top)
    total = np.sum(e, axis=-1, keepdims=True)
    return np.divide(e, total, out=np.zeros_like(e), where=total > 0)
