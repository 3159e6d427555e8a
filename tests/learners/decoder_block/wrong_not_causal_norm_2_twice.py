# slip: in `decoder_block`, there is no causal mask where self_mask is None -> decoder_block.lets_the_target_see_its_future
# slip: in `decoder_block`, the third norm uses the parameters of norm_2 -> decoder_block.uses_the_second_norm_in_the_third_round

import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    n1, n2, n3 = params["norm_1"], params["norm_2"], params["norm_3"]
    seen = multi_head_attention(x, x, x, params["self_attention"], num_heads, self_mask)
    y = add_norm(x, seen, n1["gain"], n1["bias"], eps)
    read = multi_head_attention(y, memory, memory, params["cross_attention"], num_heads, memory_mask)
    z = add_norm(y, read, n2["gain"], n2["bias"], eps)
    worked = feed_forward(z, params["feed_forward"], activation)
    return add_norm(z, worked, n2["gain"], n2["bias"], eps)
