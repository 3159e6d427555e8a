import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.text.embedding import embed, unembed
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def gpt(ids, params, num_heads):
    n = ids.shape[-1]
    x = embed(ids, params["token_embedding"]) + params["position_embedding"][:n]
    mask = causal_mask(n)
    for block in params["blocks"]:
        normed = layer_norm(x, block["norm_1"]["gain"], block["norm_1"]["bias"])
        attended = multi_head_attention(
            normed, normed, normed, block["attention"], num_heads, mask=mask
        )
        x = x + attended
        normed = layer_norm(x, block["norm_2"]["gain"], block["norm_2"]["bias"])
        x = x + feed_forward(normed, block["feed_forward"], activation="gelu")
    x = layer_norm(x, params["final_norm"]["gain"], params["final_norm"]["bias"])
    return unembed(x, params["token_embedding"])
