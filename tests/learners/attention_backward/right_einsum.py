import numpy as np


def softmax_backward(weights, grad):
    return weights * grad - weights * np.einsum("...i,...i->...", weights, grad)[..., None]


def attention_backward(query, key, value, grad_output, mask=None):
    scale = float(query.shape[-1]) ** -0.5
    scores = np.einsum("...qd,...kd->...qk", query, key) * scale
    if mask is None:
        mask = np.ones(scores.shape, dtype=bool)
    scores = np.where(mask, scores, -np.inf).astype(query.dtype)
    top = scores.max(axis=-1, keepdims=True)
    e = np.where(mask, np.exp(scores - np.where(np.isinf(top), 0, top)), 0)
    total = e.sum(axis=-1, keepdims=True)
    weights = (e / np.where(total == 0, 1, total)).astype(query.dtype)
    ds = softmax_backward(weights, np.einsum("...qv,...kv->...qk", grad_output, value)) * scale
    return (
        np.einsum("...qk,...kd->...qd", ds, key),
        np.einsum("...qk,...qd->...kd", ds, query),
        np.einsum("...qk,...qv->...kv", weights, grad_output),
    )
