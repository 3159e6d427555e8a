# slip: in `encoder_block`, norm_1 is applied to the attention output before the sum: x + norm_1(attention)
# slip: in `encoder_block`, activation is not passed on to feed_forward: always relu
# slip: in `encoder_block`, the mask is turned round (~mask): True hides a position

import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    def norm_1(t):
        return layer_norm(t, params["norm_1"]["gain"], params["norm_1"]["bias"], eps=eps)

    def norm_2(t):
        return layer_norm(t, params["norm_2"]["gain"], params["norm_2"]["bias"], eps=eps)

    attn_out = multi_head_attention(x, x, x, params["attention"], num_heads, mask=None if mask is None else ~mask)
    h = x + norm_1(attn_out)
    ff_out = feed_forward(h, params["feed_forward"])
    return norm_2(h + ff_out)
