# what: the attention written anew adds no head axis to the mask, so a batch of masks pairs with the heads.
# names: multi_head_attention.pairs_the_mask_with_the_heads
import math

import numpy as np

from exercises.attention.masking import masked_softmax
from exercises.attention.multi_head import merge_heads, split_heads
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    p = params["attention"]
    Q = split_heads(x @ p["w_query"] + p["b_query"], num_heads)
    K = split_heads(x @ p["w_key"] + p["b_key"], num_heads)
    V = split_heads(x @ p["w_value"] + p["b_value"], num_heads)
    scores = np.einsum("...id,...jd->...ij", Q, K) / math.sqrt(Q.shape[-1])
    attended = merge_heads(masked_softmax(scores, mask) @ V) @ p["w_output"] + p["b_output"]
    x = add_norm(x, attended, params["norm_1"]["gain"], params["norm_1"]["bias"], eps)
    out = feed_forward(x, params["feed_forward"], activation)
    return add_norm(x, out, params["norm_2"]["gain"], params["norm_2"]["bias"], eps)
