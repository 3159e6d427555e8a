# slip: in `_split`, x is reshaped directly to (h, n, d_head), which cuts the sequence and not the features -> multi_head.reshapes_without_transposing
# slip: in `_norm`, eps is added to the standard deviation, outside the root -> add_norm.adds_eps_outside_the_root
# slip: in `encoder_block`, the second residual adds x instead of y -> encoder_block.adds_x_in_the_second_sum_too
# slip: in `_mlp`, b_in is not added -> feed_forward.forgets_the_first_bias

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
    return x.reshape(*x.shape[:-2], h, x.shape[-2], x.shape[-1] // h)


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
    return gain * (x - mean) / (np.sqrt(var) + eps) + bias


def _gelu(x):
    phi = 0.5 * (1.0 + np.vectorize(math.erf, otypes=[float])(x / math.sqrt(2.0)))
    return (x * phi).astype(x.dtype)


def _mlp(x, p, activation):
    hidden = x @ p["w_in"]
    if activation == "relu":
        hidden = np.maximum(hidden, 0)
    elif activation == "gelu":
        hidden = _gelu(hidden)
    else:
        raise ValueError(activation)
    return hidden @ p["w_out"] + p["b_out"]


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    p = params
    attended = _heads(x, x, x, p["attention"], num_heads, mask)
    y = _norm(x + attended, p["norm_1"]["gain"], p["norm_1"]["bias"], eps)
    worked = _mlp(y, p["feed_forward"], activation)
    return _norm(x + worked, p["norm_2"]["gain"], p["norm_2"]["bias"], eps)
