# what: writes `self_mask or causal_mask(n)`, which fails for an array of more than one entry.
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    mask = self_mask or causal_mask(x.shape[-2])
    h = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask)
    h = y = add_norm(x, h, **params["norm_1"], eps=eps)
    h = multi_head_attention(h, memory, memory, params["cross_attention"], num_heads, memory_mask)
    h = z = add_norm(y, h, **params["norm_2"], eps=eps)
    h = feed_forward(h, params["feed_forward"], activation)
    return add_norm(z, h, **params["norm_3"], eps=eps)
