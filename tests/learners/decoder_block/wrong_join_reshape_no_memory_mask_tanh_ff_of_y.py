# slip: in `_join`, the heads are reshaped to (n, d) without exchanging the heads axis and the position axis first -> multi_head_attention.merges_by_reshape_alone
# slip: in `decoder_block`, memory_mask is not passed on to the cross-attention -> decoder_block.ignores_the_memory_mask
# slip: in `_gelu`, the tanh approximation is used instead of the exact form with erf -> feed_forward.approximates_with_tanh
# slip: in `decoder_block`, feed-forward gets y, the output of norm_1, instead of z -> decoder_block.works_on_the_result_of_the_first_round

import math

import numpy as np


def _softmax(s, mask=None):
    if mask is not None:
        s = np.where(mask, s, -np.inf)
    top = np.max(s, axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0).astype(s.dtype)
    e = np.exp(s - top)
    total = np.sum(e, axis=-1, keepdims=True)
    return e / np.where(total == 0, 1.0, total)


def _attend(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1])
    weights = _softmax(scores, mask)
    return weights @ v


def _split(x, h):
    return x.reshape(*x.shape[:-1], h, x.shape[-1] // h).swapaxes(-2, -3)


def _join(x):
    *batch, h, n, width = x.shape
    return x.reshape(*batch, n, h * width)


def _heads(query, key, value, p, h, mask=None):
    q = _split(query @ p["w_query"] + p["b_query"], h)
    k = _split(key @ p["w_key"] + p["b_key"], h)
    v = _split(value @ p["w_value"] + p["b_value"], h)
    if mask is not None:
        mask = np.expand_dims(mask, -3)
    found = _attend(q, k, v, mask)
    return _join(found) @ p["w_output"] + p["b_output"]


def _norm(x, gain, bias, eps):
    mean = np.mean(x, axis=-1, keepdims=True)
    var = np.var(x, axis=-1, keepdims=True)
    return gain * (x - mean) / np.sqrt(var + eps) + bias


def _gelu(x):
    phi = 0.5 * (1.0 + np.tanh(math.sqrt(2.0 / math.pi) * (x + 0.044715 * x**3)))
    return (x * phi).astype(x.dtype)


def _mlp(x, p, activation):
    hidden = x @ p["w_in"] + p["b_in"]
    if activation == "relu":
        hidden = np.maximum(hidden, 0)
    elif activation == "gelu":
        hidden = _gelu(hidden)
    else:
        raise ValueError(activation)
    return hidden @ p["w_out"] + p["b_out"]


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    p = params
    n = x.shape[-2]
    if self_mask is None:
        self_mask = np.tril(np.ones((n, n), dtype=bool))
    seen = _heads(x, x, x, p["self_attention"], num_heads, self_mask)
    y = _norm(x + seen, p["norm_1"]["gain"], p["norm_1"]["bias"], eps)
    read = _heads(y, memory, memory, p["cross_attention"], num_heads)
    z = _norm(y + read, p["norm_2"]["gain"], p["norm_2"]["bias"], eps)
    worked = _mlp(y, p["feed_forward"], activation)
    return _norm(z + worked, p["norm_3"]["gain"], p["norm_3"]["bias"], eps)
