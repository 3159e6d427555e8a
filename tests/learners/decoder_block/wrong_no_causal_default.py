# what: without a self_mask everything is allowed; the causal mask is forgotten.
# names: decoder_block.lets_the_target_see_its_future
import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    a1 = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask=self_mask)
    x = add_norm(x, a1, params["norm_1"]["gain"], params["norm_1"]["bias"], eps)
    a2 = multi_head_attention(x, memory, memory, params["cross_attention"], num_heads, mask=memory_mask)
    x = add_norm(x, a2, params["norm_2"]["gain"], params["norm_2"]["bias"], eps)
    ff = feed_forward(x, params["feed_forward"], activation)
    return add_norm(x, ff, params["norm_3"]["gain"], params["norm_3"]["bias"], eps)
