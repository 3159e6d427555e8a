# what: the block's own softmax sums over the queries (axis -2), not over the keys.
# names: attention.lets_queries_compete_for_each_key
import math

import numpy as np

from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def attend(q, k, v, mask):
    scores = q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -1e9).astype(q.dtype)
    e = np.exp(scores - scores.max(axis=-2, keepdims=True))
    weights = e / e.sum(axis=-2, keepdims=True)
    if mask is not None:
        weights = weights * mask
    return weights @ v


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    p = params["attention"]
    heads = []
    for w, b in (("w_query", "b_query"), ("w_key", "b_key"), ("w_value", "b_value")):
        z = x @ p[w] + p[b]
        heads.append(np.stack(np.split(z, num_heads, axis=-1), axis=-3))
    o = attend(*heads, None if mask is None else mask[..., None, :, :])
    o = np.concatenate([o[..., i, :, :] for i in range(num_heads)], axis=-1)
    o = o @ p["w_output"] + p["b_output"]
    y = layer_norm(x + o, params["norm_1"]["gain"], params["norm_1"]["bias"], eps=eps)
    z = feed_forward(y, params["feed_forward"], activation=activation)
    return layer_norm(y + z, params["norm_2"]["gain"], params["norm_2"]["bias"], eps=eps)
