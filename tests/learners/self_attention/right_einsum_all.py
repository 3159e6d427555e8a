import numpy as np


def self_attention(x, w_query, w_key, w_value, mask=None):
    q, k, v = (np.einsum("...nd,de->...ne", x, w) for w in (w_query, w_key, w_value))
    scores = np.einsum("...qe,...ke->...qk", q, k) / w_key.shape[-1] ** 0.5
    seen = np.ones(scores.shape, bool) if mask is None else np.broadcast_to(mask, scores.shape)
    top = scores.max(-1, keepdims=True, where=seen, initial=-1e30)
    e = np.exp(scores - top, where=seen, out=np.zeros_like(scores))
    total = e.sum(-1, keepdims=True)
    w = np.divide(e, total, where=total > 0, out=np.zeros_like(e))
    return np.einsum("...qk,...ke->...qe", w, v)
