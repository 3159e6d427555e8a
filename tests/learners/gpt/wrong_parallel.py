# what: both parts read the same normalised vectors
# names: gpt.works_beside_attention
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.text.embedding import embed, unembed
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def gpt(ids, params, num_heads):
    x = add_positions(embed(ids, params["token_embedding"]), params["position_embedding"])
    mask = causal_mask(ids.shape[-1])
    for block in params["blocks"]:
        y = layer_norm(x, **block["norm_1"])
        attended = multi_head_attention(y, y, y, block["attention"], num_heads, mask=mask)
        x = x + attended + feed_forward(y, block["feed_forward"], "gelu")
    return unembed(layer_norm(x, **params["final_norm"]), params["token_embedding"])
