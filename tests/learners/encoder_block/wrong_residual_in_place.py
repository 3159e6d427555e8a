# what: x += adds the attention into the caller's array.
# names: encoder_block.adds_to_x_in_place
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    x += multi_head_attention(x, x, x, params["attention"], num_heads, mask=mask)
    y = layer_norm(x, **params["norm_1"], eps=eps)
    y += feed_forward(y, params["feed_forward"], activation=activation)
    return layer_norm(y, **params["norm_2"], eps=eps)
