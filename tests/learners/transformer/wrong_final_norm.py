# what: one more layer norm (gain 1, bias 0) stands between the last decoder block and the logits.
# names: transformer.adds_a_final_norm
import math

import numpy as np

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    E, F = params["source_embedding"], params["target_embedding"]
    d = E.shape[1]
    if source_lengths is not None:
        mask = padding_mask(source_lengths, source.shape[1])
    else:
        mask = None
    memory = encoder(
        add_positions(E[source] * math.sqrt(d), sinusoidal_encoding(source.shape[1], d)), params["encoder"], num_heads, mask
    )
    y = add_positions(F[target] * math.sqrt(d), sinusoidal_encoding(target.shape[1], d))
    for block in params["decoder"]:
        y = decoder_block(y, memory, block, num_heads, memory_mask=mask)
    y = layer_norm(y, np.ones(d, y.dtype), np.zeros(d, y.dtype))
    return y @ params["w_logits"] + params["b_logits"]
