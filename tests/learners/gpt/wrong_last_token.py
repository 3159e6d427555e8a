# what: the logits of the last position only, as for generating
# names: gpt.scores_the_last_position_only
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.text.embedding import embed, unembed
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def gpt(ids, params, num_heads):
    x = add_positions(embed(ids, params["token_embedding"]), params["position_embedding"])
    for block in params["blocks"]:
        y = layer_norm(x, **block["norm_1"])
        x = x + multi_head_attention(
            y, y, y, block["attention"], num_heads, mask=causal_mask(ids.shape[-1])
        )
        x = x + feed_forward(layer_norm(x, **block["norm_2"]), block["feed_forward"], "gelu")
    x = layer_norm(x[..., -1:, :], **params["final_norm"])
    return unembed(x, params["token_embedding"])
