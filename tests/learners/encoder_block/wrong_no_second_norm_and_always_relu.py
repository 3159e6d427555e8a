# what: two mistakes: the sum after feed-forward is not normalised, and the activation is not passed on.
# names-both: encoder_block.leaves_the_last_sum_as_it_is encoder_block.keeps_the_activation_to_itself
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    y = multi_head_attention(x, x, x, params["attention"], num_heads, mask)
    y = add_norm(x, y, params["norm_1"]["gain"], params["norm_1"]["bias"], eps)
    output = y + feed_forward(y, params["feed_forward"])
    return output
