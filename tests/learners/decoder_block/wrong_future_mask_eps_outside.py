# slip: in `DecoderLayer.forward`, the causal mask is turned round: positions see themselves and those after them -> masking.looks_into_the_future
# slip: in `LayerNorm.__call__`, eps is added to the standard deviation outside the root -> add_norm.adds_eps_outside_the_root

import math

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
        return np.einsum("...i,ij->...j", x, self.p["w_" + name]) + self.p["b_" + name]

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
            scores = np.einsum("...qd,...kd->...qk", q[..., cols], k[..., cols]) / width**0.5
            found.append(np.einsum("...qk,...kd->...qd", _weights(scores, mask), v[..., cols]))
        merged = np.concatenate(found, axis=-1)
        return self.project(merged, "output")


class LayerNorm:
    def __init__(self, params, eps):
        self.gain, self.bias, self.eps = params["gain"], params["bias"], eps

    def __call__(self, x):
        centred = x - x.mean(axis=-1, keepdims=True)
        std = np.sqrt((centred**2).mean(axis=-1, keepdims=True)) + self.eps
        return self.gain * centred / std + self.bias


ERF = np.vectorize(math.erf, otypes=[float])


class FeedForward:
    def __init__(self, params, activation="relu"):
        self.p = params
        if activation == "relu":
            self.act = lambda t: np.maximum(t, 0)
        elif activation == "gelu":
            self.act = lambda t: (t * (1 + ERF(t / 2**0.5)) / 2).astype(t.dtype)
        else:
            raise ValueError("unknown activation " + str(activation))

    def __call__(self, x):
        hidden = self.act(x @ self.p["w_in"] + self.p["b_in"])
        return hidden @ self.p["w_out"] + self.p["b_out"]


class DecoderLayer:
    def __init__(self, params, num_heads, activation="relu", eps=1e-5):
        self.self_attn = MultiHead(params["self_attention"], num_heads)
        self.cross_attn = MultiHead(params["cross_attention"], num_heads)
        self.ff = FeedForward(params["feed_forward"], activation)
        self.norms = [LayerNorm(params[f"norm_{i}"], eps) for i in (1, 2, 3)]

    def forward(self, x, memory, tgt_mask=None, src_mask=None):
        if tgt_mask is None:
            i = np.arange(x.shape[-2])
            tgt_mask = i[:, None] <= i
        x = self.norms[0](x + self.self_attn(x, x, x, tgt_mask))
        x = self.norms[1](x + self.cross_attn(x, memory, memory, src_mask))
        x = self.norms[2](x + self.ff(x))
        return x


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    layer = DecoderLayer(params, num_heads, activation, eps)
    return layer.forward(x, memory, self_mask, memory_mask)
