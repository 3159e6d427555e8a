# what: one table of positions with n_source rows serves both sides, so a longer target raises ValueError.
import math

import numpy as np

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    batch, n = source.shape
    d = params["source_embedding"].shape[1]
    positions = sinusoidal_encoding(n, d)
    mask = None
    if source_lengths is not None:
        mask = padding_mask(source_lengths, n)
    src = add_positions(params["source_embedding"][source] * math.sqrt(d), positions)
    tgt = add_positions(params["target_embedding"][target] * math.sqrt(d), positions)
    memory = encoder(src, params["encoder"], num_heads, mask=mask)
    for block in params["decoder"]:
        tgt = decoder_block(tgt, memory, block, num_heads, memory_mask=mask)
    return tgt @ params["w_logits"] + params["b_logits"]
