# what: the block's own layer norm divides by d - 1.
# names: add_norm.divides_by_d_minus_one
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward


def add_and_norm(x, sublayer, norm, eps):
    s = x + sublayer
    s = s - s.mean(-1, keepdims=True)
    var = (s**2).sum(-1, keepdims=True) / (s.shape[-1] - 1)
    return norm["gain"] * s / np.sqrt(var + eps) + norm["bias"]


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    a = multi_head_attention(x, x, x, params["attention"], num_heads, mask=mask)
    y = add_and_norm(x, a, params["norm_1"], eps)
    f = feed_forward(y, params["feed_forward"], activation=activation)
    return add_and_norm(y, f, params["norm_2"], eps)
