# what: both norms use the parameters of norm_1.
# names: encoder_block.uses_the_first_norm_twice
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    gain, bias = params["norm_1"]["gain"], params["norm_1"]["bias"]
    y = add_norm(x, multi_head_attention(x, x, x, params["attention"], num_heads, mask), gain, bias, eps)
    return add_norm(y, feed_forward(y, params["feed_forward"], activation), gain, bias, eps)
