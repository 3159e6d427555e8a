# what: two mistakes: the target gets no positions, and b_logits is not added.
# names-both: transformer.places_the_source_only transformer.forgets_the_bias_of_the_logits
import math

import numpy as np

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    d = params["source_embedding"].shape[1]
    s = params["source_embedding"][source] * math.sqrt(d)
    s = add_positions(s, sinusoidal_encoding(source.shape[1], d))
    t = params["target_embedding"][target] * math.sqrt(d)
    mask = padding_mask(source_lengths, source.shape[1]) if source_lengths is not None else None
    memory = encoder(s, params["encoder"], num_heads, mask=mask)
    for layer in params["decoder"]:
        t = decoder_block(t, memory, layer, num_heads, memory_mask=mask)
    return t @ params["w_logits"]
