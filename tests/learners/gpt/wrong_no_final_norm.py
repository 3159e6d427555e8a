# what: the final norm is forgotten
# names: gpt.forgets_the_final_norm
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.text.embedding import embed, unembed
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def gpt(ids, params, num_heads):
    x = params["token_embedding"][ids] + params["position_embedding"][: ids.shape[-1]]
    for block in params["blocks"]:
        y = layer_norm(x, **block["norm_1"])
        x = x + multi_head_attention(
            y, y, y, block["attention"], num_heads, mask=causal_mask(ids.shape[-1])
        )
        x = x + feed_forward(layer_norm(x, **block["norm_2"]), block["feed_forward"], "gelu")
    return x @ params["token_embedding"].T
