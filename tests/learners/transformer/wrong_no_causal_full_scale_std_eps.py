# slip: in `DecoderLayer.forward`, there is no causal mask: the target sees its own future -> transformer.lets_the_target_see_its_future
# slip: in `MultiHead.__call__`, the scores are divided by sqrt(d), the full width, instead of the root of a head's width -> multi_head_attention.scales_by_the_whole_width
# slip: in `LayerNorm.__call__`, the sum of squares is divided by d - 1 instead of d (sample variance) -> add_norm.divides_by_d_minus_one

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
            scores = np.einsum("...qd,...kd->...qk", q[..., cols], k[..., cols]) / d**0.5
            found.append(np.einsum("...qk,...kd->...qd", _weights(scores, mask), v[..., cols]))
        merged = np.concatenate(found, axis=-1)
        return self.project(merged, "output")


class LayerNorm:
    def __init__(self, params, eps):
        self.gain, self.bias, self.eps = params["gain"], params["bias"], eps

    def __call__(self, x):
        centred = x - x.mean(axis=-1, keepdims=True)
        std = np.sqrt((centred**2).sum(axis=-1, keepdims=True) / (x.shape[-1] - 1) + self.eps)
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


class EncoderLayer:
    def __init__(self, params, num_heads, activation="relu", eps=1e-5):
        self.attn = MultiHead(params["attention"], num_heads)
        self.norm1 = LayerNorm(params["norm_1"], eps)
        self.ff = FeedForward(params["feed_forward"], activation)
        self.norm2 = LayerNorm(params["norm_2"], eps)

    def forward(self, x, mask=None):
        x = self.norm1(x + self.attn(x, x, x, mask))
        x = self.norm2(x + self.ff(x))
        return x


class DecoderLayer:
    def __init__(self, params, num_heads, activation="relu", eps=1e-5):
        self.self_attn = MultiHead(params["self_attention"], num_heads)
        self.cross_attn = MultiHead(params["cross_attention"], num_heads)
        self.ff = FeedForward(params["feed_forward"], activation)
        self.norms = [LayerNorm(params[f"norm_{i}"], eps) for i in (1, 2, 3)]

    def forward(self, x, memory, tgt_mask=None, src_mask=None):
        x = self.norms[0](x + self.self_attn(x, x, x, tgt_mask))
        x = self.norms[1](x + self.cross_attn(x, memory, memory, src_mask))
        x = self.norms[2](x + self.ff(x))
        return x


class Embedding:
    def __init__(self, table):
        self.table = table
        self.d_model = table.shape[-1]

    def __call__(self, ids):
        pe = np.zeros((ids.shape[1], self.d_model), dtype=self.table.dtype)
        for pos in range(ids.shape[1]):
            for i in range(0, self.d_model, 2):
                angle = pos / 10000 ** (i / self.d_model)
                pe[pos, i] = math.sin(angle)
                pe[pos, i + 1] = math.cos(angle)
        return self.table[ids] * math.sqrt(self.d_model) + pe


class Transformer:
    def __init__(self, params, num_heads):
        self.src_embed = Embedding(params["source_embedding"])
        self.tgt_embed = Embedding(params["target_embedding"])
        self.enc = [EncoderLayer(p, num_heads) for p in params["encoder"]]
        self.dec = [DecoderLayer(p, num_heads) for p in params["decoder"]]
        self.w, self.b = params["w_logits"], params["b_logits"]

    def encode(self, source, src_mask):
        x = self.src_embed(source)
        for layer in self.enc:
            x = layer.forward(x, src_mask)
        return x

    def decode(self, target, memory, src_mask):
        y = self.tgt_embed(target)
        for layer in self.dec:
            y = layer.forward(y, memory, None, src_mask)
        return y

    def forward(self, source, target, lengths=None):
        src_mask = None
        if lengths is not None:
            src_mask = np.arange(source.shape[1])[None, None, :] < np.reshape(lengths, (-1, 1, 1))
        memory = self.encode(source, src_mask)
        return self.decode(target, memory, src_mask) @ self.w + self.b


def transformer(source, target, params, num_heads, source_lengths=None):
    return Transformer(params, num_heads).forward(source, target, source_lengths)
