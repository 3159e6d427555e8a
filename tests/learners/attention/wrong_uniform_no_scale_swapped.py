# slip: in `_weights`, the weights of forbidden keys are not set to 0 after the huge negative score, so a query that may attend to nothing gets equal weights instead of zeros -> You give equal weights to all keys of a row
# slip: in `ScaledDotProductAttention.forward`, the scores are not divided by the temperature sqrt(d_k) -> attention.does_not_scale
# slip: in `ScaledDotProductAttention.forward`, the weights are returned first and the output second -> attention.returns_the_weights_first

import numpy as np


def _weights(scores, mask=None):
    if mask is not None:
        scores = np.where(mask, scores, np.finfo(scores.dtype).min)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    total = exps.sum(axis=-1, keepdims=True)
    return exps / np.where(total > 0, total, 1)


class ScaledDotProductAttention:
    def __init__(self, d_k):
        self.temperature = d_k**0.5

    def forward(self, q, k, v, mask=None):
        attn = np.einsum("...id,...jd->...ij", q, k)
        attn = _weights(attn, mask)
        out = np.einsum("...ij,...jd->...id", attn, v)
        return attn, out


def attention(query, key, value, mask=None):
    layer = ScaledDotProductAttention(query.shape[-1])
    return layer.forward(query, key, value, mask)
