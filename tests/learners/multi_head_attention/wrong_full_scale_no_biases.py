# slip: in `MultiHead.__call__`, the scores are divided by sqrt(d), the full width, instead of the root of a head's width -> multi_head_attention.scales_by_the_whole_width
# slip: in `MultiHead.project`, the biases are left out of all four layers -> multi_head_attention.forgets_the_bias_of_the_values; multi_head_attention.forgets_the_last_bias; multi_head_attention.forgets_the_bias_of_the_queries

import numpy as np


def _weights(scores, mask=None):
    if mask is not None:
        scores = np.where(mask, scores, np.finfo(scores.dtype).min)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    if mask is not None:
        exps = np.where(mask, exps, 0)
    total = exps.sum(axis=-1, keepdims=True)
    return exps / np.where(total > 0, total, 1)


class MultiHead:
    def __init__(self, params, num_heads):
        self.p = params
        self.h = num_heads

    def project(self, x, name):
        return np.einsum("...i,ij->...j", x, self.p["w_" + name])

    def __call__(self, query, key, value, mask=None):
        q = self.project(query, "query")
        k = self.project(key, "key")
        v = self.project(value, "value")
        d = q.shape[-1]
        if d % self.h:
            raise ValueError("d must be divisible by the number of heads")
        width = d // self.h
        found = []
        for i in range(self.h):
            cols = slice(i * width, (i + 1) * width)
            scores = np.einsum("...qd,...kd->...qk", q[..., cols], k[..., cols]) / d**0.5
            found.append(np.einsum("...qk,...kd->...qd", _weights(scores, mask), v[..., cols]))
        merged = np.concatenate(found, axis=-1)
        return self.project(merged, "output")


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    layer = MultiHead(params, num_heads)
    return layer(query, key, value, mask)
