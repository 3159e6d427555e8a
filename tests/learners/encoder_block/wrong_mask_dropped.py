# what: the mask is not passed on to the attention.
# names: encoder_block.keeps_the_mask_to_itself
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    attn_out = multi_head_attention(x, x, x, params["attention"], num_heads)
    x = add_norm(x, attn_out, **params["norm_1"], eps=eps)
    ff_out = feed_forward(x, params["feed_forward"], activation=activation)
    x = add_norm(x, ff_out, **params["norm_2"], eps=eps)
    return x
