# what: eps is not passed on to the norms, and they use their own default.
# names: encoder_block.keeps_eps_to_itself
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    y = layer_norm(
        x + multi_head_attention(x, x, x, params["attention"], num_heads, mask=mask),
        params["norm_1"]["gain"],
        params["norm_1"]["bias"],
    )
    return layer_norm(
        y + feed_forward(y, params["feed_forward"], activation=activation),
        params["norm_2"]["gain"],
        params["norm_2"]["bias"],
    )
