import math

import numpy as np

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    d = params["source_embedding"].shape[1]
    root = math.sqrt(d)
    mask = None
    if source_lengths is not None:
        mask = padding_mask(source_lengths, source.shape[1])

    x = params["source_embedding"][source] * root
    x = add_positions(x, sinusoidal_encoding(source.shape[1], d))
    memory = encoder(x, params["encoder"], num_heads, mask=mask)

    y = params["target_embedding"][target] * root
    y = add_positions(y, sinusoidal_encoding(target.shape[1], d))
    for block in params["decoder"]:
        y = decoder_block(y, memory, block, num_heads, memory_mask=mask)
    return y @ params["w_logits"] + params["b_logits"]
