# what: the residual of cross-attention adds x instead of y.
# names: decoder_block.adds_x_in_the_second_sum
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    if self_mask is None:
        self_mask = causal_mask(x.shape[-2])
    masked = multi_head_attention(x, x, x, params["self_attention"], num_heads, self_mask)
    masked = add_norm(x, masked, params["norm_1"]["gain"], params["norm_1"]["bias"], eps)
    cross = multi_head_attention(masked, memory, memory, params["cross_attention"], num_heads, memory_mask)
    cross = add_norm(x, cross, params["norm_2"]["gain"], params["norm_2"]["bias"], eps)
    out = feed_forward(cross, params["feed_forward"], activation)
    return add_norm(cross, out, params["norm_3"]["gain"], params["norm_3"]["bias"], eps)
