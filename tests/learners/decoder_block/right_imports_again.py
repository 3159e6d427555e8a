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
    own = multi_head_attention(x, x, x, params["self_attention"], num_heads, self_mask)
    y = add_norm(x, own, params["norm_1"]["gain"], params["norm_1"]["bias"], eps)
    read = multi_head_attention(y, memory, memory, params["cross_attention"], num_heads, memory_mask)
    z = add_norm(y, read, params["norm_2"]["gain"], params["norm_2"]["bias"], eps)
    done = feed_forward(z, params["feed_forward"], activation)
    return add_norm(z, done, params["norm_3"]["gain"], params["norm_3"]["bias"], eps)
