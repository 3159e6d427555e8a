# slip: in `transformer`, a log-softmax is returned instead of the logits -> transformer.returns_log_probabilities
# slip: in `_positions`, the exponent counts pairs without the factor 2 (i / d instead of 2i / d) -> positional_encoding.forgets_to_double_the_pair
# slip: in `_softmax`, forbidden scores become -1e9 instead of minus infinity, so a query that may attend to nothing gets equal weights instead of zeros -> attention.averages_where_nothing_may_be_seen

import math

import numpy as np


def _softmax(s, mask=None):
    if mask is not None:
        s = np.where(mask, s, -1e9)
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
    x = x.swapaxes(-2, -3)
    return x.reshape(*x.shape[:-2], x.shape[-2] * x.shape[-1])


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
    phi = 0.5 * (1.0 + np.vectorize(math.erf, otypes=[float])(x / math.sqrt(2.0)))
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


def _positions(n, d):
    pos = np.arange(n)[:, None]
    freq = 10000.0 ** (-np.arange(d // 2) / d)
    table = np.zeros((n, d))
    table[:, 0::2] = np.sin(pos * freq)
    table[:, 1::2] = np.cos(pos * freq)
    return table


def _encoder_block(x, params, num_heads, mask, activation="relu", eps=1e-5):
    p = params
    attended = _heads(x, x, x, p["attention"], num_heads, mask)
    y = _norm(x + attended, p["norm_1"]["gain"], p["norm_1"]["bias"], eps)
    worked = _mlp(y, p["feed_forward"], activation)
    return _norm(y + worked, p["norm_2"]["gain"], p["norm_2"]["bias"], eps)


def _decoder_block(x, memory, params, num_heads, self_mask, memory_mask, activation="relu", eps=1e-5):
    p = params
    n = x.shape[-2]
    if self_mask is None:
        self_mask = np.tril(np.ones((n, n), dtype=bool))
    seen = _heads(x, x, x, p["self_attention"], num_heads, self_mask)
    y = _norm(x + seen, p["norm_1"]["gain"], p["norm_1"]["bias"], eps)
    read = _heads(y, memory, memory, p["cross_attention"], num_heads, memory_mask)
    z = _norm(y + read, p["norm_2"]["gain"], p["norm_2"]["bias"], eps)
    worked = _mlp(z, p["feed_forward"], activation)
    return _norm(z + worked, p["norm_3"]["gain"], p["norm_3"]["bias"], eps)


def transformer(source, target, params, num_heads, source_lengths=None):
    d = params["source_embedding"].shape[-1]
    n_source, n_target = source.shape[-1], target.shape[-1]
    memory_mask = None
    if source_lengths is not None:
        memory_mask = np.arange(n_source) < np.asarray(source_lengths)[:, None, None]

    src = params["source_embedding"][source]
    x = src * math.sqrt(d) + _positions(n_source, d).astype(src.dtype)
    for block in params["encoder"]:
        x = _encoder_block(x, block, num_heads, memory_mask)

    tgt = params["target_embedding"][target]
    y = tgt * math.sqrt(d) + _positions(n_target, d).astype(tgt.dtype)
    for block in params["decoder"]:
        y = _decoder_block(y, x, block, num_heads, None, memory_mask)
    return np.log(_softmax(y @ params["w_logits"] + params["b_logits"]))
