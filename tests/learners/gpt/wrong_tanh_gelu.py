# what: gelu as OpenAI wrote it
# names: gpt.approximates_gelu_with_tanh
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.text.embedding import embed, unembed
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def mlp(x, w_in, b_in, w_out, b_out):
    return gelu(x @ w_in + b_in) @ w_out + b_out


def gpt(ids, params, num_heads):
    x = add_positions(embed(ids, params["token_embedding"]), params["position_embedding"])
    mask = causal_mask(ids.shape[-1])
    for block in params["blocks"]:
        y = layer_norm(x, **block["norm_1"])
        x = x + multi_head_attention(y, y, y, block["attention"], num_heads, mask=mask)
        x = x + mlp(layer_norm(x, **block["norm_2"]), **block["feed_forward"]).astype(x.dtype)
    return unembed(layer_norm(x, **params["final_norm"]), params["token_embedding"])
