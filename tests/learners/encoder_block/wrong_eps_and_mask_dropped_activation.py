# slip: in `encoder_block`, eps is not passed on to the two norms -> encoder_block.keeps_eps_to_itself
# slip: in `encoder_block`, the mask is not passed on to the attention -> encoder_block.keeps_the_mask_to_itself
# slip: in `encoder_block`, activation is not passed on to feed_forward: always relu -> encoder_block.keeps_the_activation_to_itself

import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    norm_1, norm_2 = params["norm_1"], params["norm_2"]
    attended = multi_head_attention(x, x, x, params["attention"], num_heads)
    y = add_norm(x, attended, norm_1["gain"], norm_1["bias"])
    worked = feed_forward(y, params["feed_forward"])
    return add_norm(y, worked, norm_2["gain"], norm_2["bias"])
