# what: normalises the input of each part instead of each sum.
# names: encoder_block.normalises_the_input_of_each_part
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    n = layer_norm(x, params["norm_1"]["gain"], params["norm_1"]["bias"], eps=eps)
    y = x + multi_head_attention(n, n, n, params["attention"], num_heads, mask=mask)
    n = layer_norm(y, params["norm_2"]["gain"], params["norm_2"]["bias"], eps=eps)
    return y + feed_forward(n, params["feed_forward"], activation=activation)
