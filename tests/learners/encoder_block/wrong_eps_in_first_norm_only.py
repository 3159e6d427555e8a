# what: eps reaches only the first norm; the second keeps its default.
# names: encoder_block.gives_eps_to_the_first_norm_only
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    n1, n2 = params["norm_1"], params["norm_2"]
    a = multi_head_attention(x, x, x, params["attention"], num_heads, mask=mask)
    y = add_norm(x, a, n1["gain"], n1["bias"], eps)
    f = feed_forward(y, params["feed_forward"], activation)
    return add_norm(y, f, n2["gain"], n2["bias"])
