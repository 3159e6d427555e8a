# what: the length for the causal mask is read from x.shape[1], which is right only with exactly one batch axis.
# names: decoder_block.counts_positions_along_axis_one
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    if self_mask is None:
        tgt_len = x.shape[1]
        self_mask = causal_mask(tgt_len)
    sa = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask=self_mask)
    x1 = add_norm(x, sa, params["norm_1"]["gain"], params["norm_1"]["bias"], eps=eps)
    ca = multi_head_attention(x1, memory, memory, params["cross_attention"], num_heads, mask=memory_mask)
    x2 = add_norm(x1, ca, params["norm_2"]["gain"], params["norm_2"]["bias"], eps=eps)
    ff = feed_forward(x2, params["feed_forward"], activation=activation)
    return add_norm(x2, ff, params["norm_3"]["gain"], params["norm_3"]["bias"], eps=eps)
