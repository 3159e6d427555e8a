# what: in `encoder_block`, the second residual connection adds x instead of y to the feed-forward output
# names: encoder_block.adds_x_in_the_second_sum_too

import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    norm_1, norm_2 = params["norm_1"], params["norm_2"]
    attended = multi_head_attention(x, x, x, params["attention"], num_heads, mask)
    y = add_norm(x, attended, norm_1["gain"], norm_1["bias"], eps)
    worked = feed_forward(y, params["feed_forward"], activation)
    return add_norm(x, worked, norm_2["gain"], norm_2["bias"], eps)
