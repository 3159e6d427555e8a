# what: in `decoder_block`, the residual of the cross-attention is x, the block's input, instead of the output of norm_1
# names: decoder_block.adds_x_in_the_second_sum

import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    def norm(t, which):
        p = params[which]
        return layer_norm(t, p["gain"], p["bias"], eps)

    n = x.shape[-2]
    if self_mask is None:
        self_mask = np.tril(np.ones((n, n), dtype=bool))
    sa = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask=self_mask)
    h = norm(x + sa, "norm_1")
    ca = multi_head_attention(
        h, memory, memory, params["cross_attention"], num_heads, mask=memory_mask
    )
    h = norm(x + ca, "norm_2")
    ff = feed_forward(h, params["feed_forward"], activation)
    return norm(h + ff, "norm_3")
