import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    attended = multi_head_attention(x, x, x, params["attention"], num_heads, mask)
    y = add_norm(x, attended, params["norm_1"]["gain"], params["norm_1"]["bias"], eps)
    thought = feed_forward(y, params["feed_forward"], activation)
    return add_norm(y, thought, params["norm_2"]["gain"], params["norm_2"]["bias"], eps)
