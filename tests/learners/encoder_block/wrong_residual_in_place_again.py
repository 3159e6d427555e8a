# what: x += attention adds into the caller's x.
# names: encoder_block.adds_to_x_in_place
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    x += multi_head_attention(x, x, x, params["attention"], num_heads, mask)
    x = layer_norm(x, params["norm_1"]["gain"], params["norm_1"]["bias"], eps)
    x += feed_forward(x, params["feed_forward"], activation)
    return layer_norm(x, params["norm_2"]["gain"], params["norm_2"]["bias"], eps)
