import numpy as np


def attention(query, key, value, mask=None):
    q, k, v = (np.asarray(a, dtype=np.float64) for a in (query, key, value))
    logits = np.matmul(q, np.moveaxis(k, -1, -2)) / np.sqrt(k.shape[-1])
    if mask is not None:
        logits = np.where(mask, logits, -np.inf)
    peak = np.max(logits, axis=-1, keepdims=True)
    peak = np.where(np.isneginf(peak), 0.0, peak)
    unnormalised = np.exp(logits - peak)
    total = unnormalised.sum(axis=-1, keepdims=True)
    weights = unnormalised / np.maximum(total, np.finfo(float).tiny)
    return (weights @ v).astype(query.dtype), weights.astype(query.dtype)
