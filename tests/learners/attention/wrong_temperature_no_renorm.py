# slip: in `ScaledDotProductAttention.__init__`, the temperature is d_k instead of its square root -> attention.divides_by_the_width_itself
# slip: in `_weights`, forbidden weights are zeroed after the softmax and the rest is not shared out again, so rows sum to less than 1 -> attention.masks_after_the_softmax

import numpy as np


def _weights(scores, mask=None):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    total = exps.sum(axis=-1, keepdims=True)
    weights = exps / np.where(total > 0, total, 1)
    if mask is not None:
        weights = np.where(mask, weights, 0)
    return weights


class ScaledDotProductAttention:
    def __init__(self, d_k):
        self.temperature = d_k

    def forward(self, q, k, v, mask=None):
        attn = np.einsum("...id,...jd->...ij", q, k) / self.temperature
        attn = _weights(attn, mask)
        out = np.einsum("...ij,...jd->...id", attn, v)
        return out, attn


def attention(query, key, value, mask=None):
    layer = ScaledDotProductAttention(query.shape[-1])
    return layer.forward(query, key, value, mask)
