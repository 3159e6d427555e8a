# slip: in `_weights`, the weights of forbidden keys are not set to 0 after the huge negative score, so a query that may attend to nothing gets equal weights instead of zeros -> You give equal weights to all keys of a row
# slip: in `MultiHead.__call__`, the output projection (w_output, b_output) is left out -> multi_head_attention.forgets_the_last_projection
# slip: in `MultiHead.__call__`, the keys are projected with the query parameters -> multi_head_attention.projects_keys_with_the_weights_of_queries
# slip: in `MultiHead.__call__`, the scores are not divided by sqrt(d_head) -> attention.does_not_scale

import numpy as np


def _weights(scores, mask=None):
    if mask is not None:
        scores = np.where(mask, scores, np.finfo(scores.dtype).min)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    total = exps.sum(axis=-1, keepdims=True)
    return exps / np.where(total > 0, total, 1)


class MultiHead:
    def __init__(self, params, num_heads):
        self.p = params
        self.h = num_heads

    def project(self, x, name):
        return np.einsum("...i,ij->...j", x, self.p["w_" + name]) + self.p["b_" + name]

    def __call__(self, query, key, value, mask=None):
        q = self.project(query, "query")
        k = self.project(key, "query")
        v = self.project(value, "value")
        d = q.shape[-1]
        if d % self.h:
            raise ValueError("d must be divisible by the number of heads")
        width = d // self.h
        found = []
        for i in range(self.h):
            cols = slice(i * width, (i + 1) * width)
            scores = np.einsum("...qd,...kd->...qk", q[..., cols], k[..., cols])
            found.append(np.einsum("...qk,...kd->...qd", _weights(scores, mask), v[..., cols]))
        merged = np.concatenate(found, axis=-1)
        return merged


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    layer = MultiHead(params, num_heads)
    return layer(query, key, value, mask)
