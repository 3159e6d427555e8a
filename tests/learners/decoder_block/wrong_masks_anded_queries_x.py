# slip: in `decoder_block`, a given self_mask is combined with the causal mask instead of taking its place -> decoder_block.combines_a_given_mask_with_the_causal_one
# slip: in `decoder_block`, the queries of the cross-attention are x instead of y -> decoder_block.asks_with_x

import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    causal = causal_mask(x.shape[-2])
    self_mask = causal if self_mask is None else causal & self_mask
    n1, n2, n3 = params["norm_1"], params["norm_2"], params["norm_3"]
    seen = multi_head_attention(x, x, x, params["self_attention"], num_heads, self_mask)
    y = add_norm(x, seen, n1["gain"], n1["bias"], eps)
    read = multi_head_attention(x, memory, memory, params["cross_attention"], num_heads, memory_mask)
    z = add_norm(y, read, n2["gain"], n2["bias"], eps)
    worked = feed_forward(z, params["feed_forward"], activation)
    return add_norm(z, worked, n3["gain"], n3["bias"], eps)
