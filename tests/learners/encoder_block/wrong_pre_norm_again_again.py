# what: in `encoder_block`, the norms stand before the parts (pre-norm): x + attention(norm_1(x)), then h + feed_forward(norm_2(h))
# names: encoder_block.normalises_the_input_of_each_part

import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    def norm_1(t):
        return layer_norm(t, params["norm_1"]["gain"], params["norm_1"]["bias"], eps=eps)

    def norm_2(t):
        return layer_norm(t, params["norm_2"]["gain"], params["norm_2"]["bias"], eps=eps)

    normed = norm_1(x)
    attn_out = multi_head_attention(normed, normed, normed, params["attention"], num_heads, mask=mask)
    h = x + attn_out
    ff_out = feed_forward(norm_2(h), params["feed_forward"], activation=activation)
    return h + ff_out
