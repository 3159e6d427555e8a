# slip: scales the embeddings by the root of d -> gpt.scales_by_the_root_of_d
# slip: adds sines and cosines -> gpt.takes_sines_for_positions
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.text.embedding import embed, unembed
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


from exercises.transformer.positional_encoding import sinusoidal_encoding


def gpt(ids, params, num_heads):
    table = params["token_embedding"]
    d = table.shape[-1]
    x = embed(ids, table) * float(d**0.5)
    x = add_positions(x, sinusoidal_encoding(ids.shape[-1], d).astype(table.dtype))
    mask = causal_mask(ids.shape[-1])
    for block in params["blocks"]:
        y = layer_norm(x, **block["norm_1"])
        x = x + multi_head_attention(y, y, y, block["attention"], num_heads, mask=mask)
        x = x + feed_forward(layer_norm(x, **block["norm_2"]), block["feed_forward"], "gelu")
    return unembed(layer_norm(x, **params["final_norm"]), table)
