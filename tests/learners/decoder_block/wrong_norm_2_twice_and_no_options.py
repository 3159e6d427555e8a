# what: two mistakes: the third norm uses the parameters of norm_2, and activation and eps are not passed on.
# names-both: decoder_block.uses_the_second_norm_in_the_third_round decoder_block.keeps_the_activation_to_itself decoder_block.keeps_eps_to_itself
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    if self_mask is None:
        self_mask = causal_mask(x.shape[-2])
    attention_1 = multi_head_attention(x, x, x, params["self_attention"], num_heads, self_mask)
    out_1 = add_norm(x, attention_1, params["norm_1"]["gain"], params["norm_1"]["bias"])
    attention_2 = multi_head_attention(out_1, memory, memory, params["cross_attention"], num_heads, memory_mask)
    out_2 = add_norm(out_1, attention_2, params["norm_2"]["gain"], params["norm_2"]["bias"])
    out_3 = feed_forward(out_2, params["feed_forward"])
    return add_norm(out_2, out_3, params["norm_2"]["gain"], params["norm_2"]["bias"])
