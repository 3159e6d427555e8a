# slip: in `encoder_block`, nothing is added to the feed-forward output: the second residual connection is missing -> encoder_block.forgets_the_residual_around_feed_forward
# slip: in `encoder_block`, norm_2 has eps 1e-6 instead of the argument -> encoder_block.gives_eps_to_the_first_norm_only

import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    def norm_1(t):
        return layer_norm(t, params["norm_1"]["gain"], params["norm_1"]["bias"], eps=eps)

    def norm_2(t):
        return layer_norm(t, params["norm_2"]["gain"], params["norm_2"]["bias"], eps=1e-6)

    attn_out = multi_head_attention(x, x, x, params["attention"], num_heads, mask=mask)
    h = norm_1(x + attn_out)
    ff_out = feed_forward(h, params["feed_forward"], activation=activation)
    return norm_2(ff_out)
