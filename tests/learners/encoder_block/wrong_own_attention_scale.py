# what: the attention written anew divides by sqrt(d_model) in every head.
# names: multi_head_attention.scales_by_the_whole_width
import math

import numpy as np

from exercises.attention.masking import masked_softmax
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def _attend(x, p, h, mask):
    d = x.shape[-1]

    def head_view(name):
        t = x @ p["w_" + name] + p["b_" + name]
        return np.moveaxis(t.reshape(t.shape[:-1] + (h, d // h)), -2, -3)

    q, k, v = head_view("query"), head_view("key"), head_view("value")
    w = masked_softmax(q @ np.swapaxes(k, -1, -2) / math.sqrt(d), None if mask is None else mask[..., None, :, :])
    return np.moveaxis(w @ v, -3, -2).reshape(x.shape) @ p["w_output"] + p["b_output"]


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    y = add_norm(x, _attend(x, params["attention"], num_heads, mask), **params["norm_1"], eps=eps)
    return add_norm(y, feed_forward(y, params["feed_forward"], activation), **params["norm_2"], eps=eps)
