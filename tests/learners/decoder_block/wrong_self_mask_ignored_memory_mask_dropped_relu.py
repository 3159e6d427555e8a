# slip: in `decoder_block`, a given self_mask is ignored: the causal mask is always used -> decoder_block.always_hides_the_future_only
# slip: in `decoder_block`, memory_mask is not passed on to the cross-attention -> decoder_block.ignores_the_memory_mask
# slip: in `decoder_block`, the activation is not passed on: always relu -> decoder_block.keeps_the_activation_to_itself

import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    self_mask = causal_mask(x.shape[-2])
    n1, n2, n3 = params["norm_1"], params["norm_2"], params["norm_3"]
    seen = multi_head_attention(x, x, x, params["self_attention"], num_heads, self_mask)
    y = add_norm(x, seen, n1["gain"], n1["bias"], eps)
    read = multi_head_attention(y, memory, memory, params["cross_attention"], num_heads)
    z = add_norm(y, read, n2["gain"], n2["bias"], eps)
    worked = feed_forward(z, params["feed_forward"])
    return add_norm(z, worked, n3["gain"], n3["bias"], eps)
