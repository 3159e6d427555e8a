import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    attended = multi_head_attention(x, x, x, params["attention"], num_heads, mask=mask)
    norm_1 = params["norm_1"]
    y = layer_norm(x + attended, norm_1["gain"], norm_1["bias"], eps=eps)
    thought = feed_forward(y, params["feed_forward"], activation=activation)
    norm_2 = params["norm_2"]
    return layer_norm(y + thought, norm_2["gain"], norm_2["bias"], eps=eps)
