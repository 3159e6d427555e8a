# what: in `_weights` (used by `attention`), the mask is used the wrong way round: True hides a key
# names: attention.inverts_the_mask

import numpy as np


def _weights(scores, mask=None):
    if mask is not None:
        scores = np.where(mask, np.finfo(scores.dtype).min, scores)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    if mask is not None:
        exps = np.where(mask, 0, exps)
    total = exps.sum(axis=-1, keepdims=True)
    return exps / np.where(total > 0, total, 1)


class ScaledDotProductAttention:
    def __init__(self, d_k):
        self.temperature = d_k**0.5

    def forward(self, q, k, v, mask=None):
        attn = np.einsum("...id,...jd->...ij", q, k) / self.temperature
        attn = _weights(attn, mask)
        out = np.einsum("...ij,...jd->...id", attn, v)
        return out, attn


def attention(query, key, value, mask=None):
    layer = ScaledDotProductAttention(query.shape[-1])
    return layer.forward(query, key, value, mask)
