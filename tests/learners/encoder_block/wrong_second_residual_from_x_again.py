# what: the second residual adds x instead of y.
# names: encoder_block.adds_x_in_the_second_sum_too
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    residual = x
    out = multi_head_attention(x, x, x, params["attention"], num_heads, mask=mask)
    out = add_norm(residual, out, params["norm_1"]["gain"], params["norm_1"]["bias"], eps=eps)
    out = feed_forward(out, params["feed_forward"], activation=activation)
    out = add_norm(residual, out, params["norm_2"]["gain"], params["norm_2"]["bias"], eps=eps)
    return out
