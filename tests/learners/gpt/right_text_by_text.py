import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.text.embedding import embed, unembed
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def gpt(ids, params, num_heads):
    if ids.ndim > 1:
        return np.stack([gpt(text, params, num_heads) for text in ids])
    n = len(ids)
    x = embed(ids, params["token_embedding"]).copy()
    for i in range(n):
        x[i] += params["position_embedding"][i]
    for block in params["blocks"]:
        y = layer_norm(x, **block["norm_1"])
        rows = [
            multi_head_attention(y[i : i + 1], y[: i + 1], y[: i + 1], block["attention"], num_heads)
            for i in range(n)
        ]
        x += np.concatenate(rows)
        x += feed_forward(layer_norm(x, **block["norm_2"]), block["feed_forward"], "gelu")
    return unembed(layer_norm(x, **params["final_norm"]), params["token_embedding"])
