# what: the first norm uses the parameters of the second and the other way round.
# names: encoder_block.exchanges_the_norms
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    attention, norm_2, ff, norm_1 = (params[k] for k in ("attention", "norm_1", "feed_forward", "norm_2"))
    x = x + multi_head_attention(x, x, x, attention, num_heads, mask=mask)
    x = layer_norm(x, norm_1["gain"], norm_1["bias"], eps=eps)
    x = x + feed_forward(x, ff, activation=activation)
    return layer_norm(x, norm_2["gain"], norm_2["bias"], eps=eps)
