from functools import partial, reduce

import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.text.embedding import embed, unembed
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def step(num_heads, mask, x, block):
    def attention(y):
        return multi_head_attention(y, y, y, block["attention"], num_heads, mask)

    def mlp(y):
        return feed_forward(y, block["feed_forward"], activation="gelu")

    for part, norm in ((attention, "norm_1"), (mlp, "norm_2")):
        x = x + part(layer_norm(x, **block[norm]))
    return x


def gpt(ids, params, num_heads):
    entered = add_positions(embed(ids, params["token_embedding"]), params["position_embedding"])
    top = reduce(partial(step, num_heads, causal_mask(ids.shape[-1])), params["blocks"], entered)
    return unembed(layer_norm(top, **params["final_norm"]), params["token_embedding"])
