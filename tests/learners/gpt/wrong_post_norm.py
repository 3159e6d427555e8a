# what: the encoder block of 2017 with a causal mask
# names: gpt.normalises_behind_the_sums
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.text.embedding import embed, unembed
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


from exercises.transformer.encoder_block import encoder_block


def gpt(ids, params, num_heads):
    x = embed(ids, params["token_embedding"])
    x = add_positions(x, params["position_embedding"])
    for block in params["blocks"]:
        x = encoder_block(
            x, block, num_heads, mask=causal_mask(ids.shape[-1]), activation="gelu"
        )
    x = layer_norm(x, **params["final_norm"])
    return unembed(x, params["token_embedding"])
