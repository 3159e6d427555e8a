# what: the mask is not passed on to the attention.
# names: encoder_block.keeps_the_mask_to_itself
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    attn = multi_head_attention(x, x, x, params["attention"], num_heads)
    x = layer_norm(x + attn, params["norm_1"]["gain"], params["norm_1"]["bias"], eps=eps)
    ff = feed_forward(x, params["feed_forward"], activation=activation)
    return layer_norm(x + ff, params["norm_2"]["gain"], params["norm_2"]["bias"], eps=eps)
