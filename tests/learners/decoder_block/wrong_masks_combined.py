# what: a given self_mask is combined with the causal one instead of replacing it.
# names: decoder_block.combines_a_given_mask_with_the_causal_one
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    mask = causal_mask(x.shape[-2])
    if self_mask is not None:
        mask = mask & self_mask
    p = params
    y = add_norm(x, multi_head_attention(x, x, x, p["self_attention"], num_heads, mask), **p["norm_1"], eps=eps)
    z = add_norm(
        y, multi_head_attention(y, memory, memory, p["cross_attention"], num_heads, memory_mask), **p["norm_2"], eps=eps
    )
    return add_norm(z, feed_forward(z, p["feed_forward"], activation), **p["norm_3"], eps=eps)
