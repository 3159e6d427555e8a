import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.text.embedding import embed, unembed
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def enter(ids, params):
    return add_positions(embed(ids, params["token_embedding"]), params["position_embedding"])


def look_back(x, block, num_heads):
    y = layer_norm(x, **block["norm_1"])
    mask = causal_mask(x.shape[-2])
    return x + multi_head_attention(y, y, y, block["attention"], num_heads, mask=mask)


def think(x, block):
    return x + feed_forward(layer_norm(x, **block["norm_2"]), block["feed_forward"], "gelu")


def leave(x, params):
    return unembed(layer_norm(x, **params["final_norm"]), params["token_embedding"])


def gpt(ids, params, num_heads):
    x = enter(ids, params)
    for block in params["blocks"]:
        x = think(look_back(x, block, num_heads), block)
    return leave(x, params)
