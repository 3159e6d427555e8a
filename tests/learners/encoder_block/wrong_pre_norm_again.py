# what: pre-norm: normalises what goes into each part and leaves the sums unnormalised.
# names: encoder_block.normalises_the_input_of_each_part
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    h = layer_norm(x, params["norm_1"]["gain"], params["norm_1"]["bias"], eps)
    x = x + multi_head_attention(h, h, h, params["attention"], num_heads, mask)
    h = layer_norm(x, params["norm_2"]["gain"], params["norm_2"]["bias"], eps)
    return x + feed_forward(h, params["feed_forward"], activation)
