# what: cross-attention works with the parameters of self_attention.
# names: decoder_block.attends_twice_with_the_same_weights
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    attn = params["self_attention"]
    if self_mask is None:
        self_mask = causal_mask(x.shape[-2])
    y = add_norm(x, multi_head_attention(x, x, x, attn, num_heads, mask=self_mask), eps=eps, **params["norm_1"])
    z = multi_head_attention(y, memory, memory, attn, num_heads, mask=memory_mask)
    z = add_norm(y, z, eps=eps, **params["norm_2"])
    return add_norm(z, feed_forward(z, params["feed_forward"], activation=activation), eps=eps, **params["norm_3"])
