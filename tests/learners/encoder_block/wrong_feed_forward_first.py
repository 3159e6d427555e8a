# what: feed-forward comes before attention (each with its own norm).
# names: encoder_block.works_before_it_attends
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    y = feed_forward(x, params["feed_forward"], activation)
    y = add_norm(x, y, params["norm_2"]["gain"], params["norm_2"]["bias"], eps)
    z = multi_head_attention(y, y, y, params["attention"], num_heads, mask)
    return add_norm(y, z, params["norm_1"]["gain"], params["norm_1"]["bias"], eps)
