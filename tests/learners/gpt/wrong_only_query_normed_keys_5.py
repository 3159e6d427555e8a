# slip: only the query is normed, keys and values are x as it is -> gpt.normalises_queries_only
# slip: feed-forward uses norm_1 a second time -> gpt.uses_the_first_norm_twice
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
        y = layer_norm(x, block["norm_1"]["gain"], block["norm_1"]["bias"], eps=1e-5)
        x = x + multi_head_attention(y, x, x, block["attention"], num_heads, mask=mask)
        y = layer_norm(x, block["norm_1"]["gain"], block["norm_1"]["bias"], eps=1e-5)
        x = x + feed_forward(y, block["feed_forward"], activation="gelu")
    x = layer_norm(x, params["final_norm"]["gain"], params["final_norm"]["bias"], eps=1e-5)
    return unembed(x, params["token_embedding"])
