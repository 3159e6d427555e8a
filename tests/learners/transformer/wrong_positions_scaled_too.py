# what: the sum of embedding and positions is multiplied by sqrt(d), not the embedding alone.
# names: transformer.scales_the_positions_too
import math

import numpy as np

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def embed(ids, table):
    d = table.shape[1]
    x = add_positions(table[ids], sinusoidal_encoding(ids.shape[1], d))
    return x * math.sqrt(d)


def transformer(source, target, params, num_heads, source_lengths=None):
    x = embed(source, params["source_embedding"])
    y = embed(target, params["target_embedding"])
    if source_lengths is None:
        source_lengths = np.full(source.shape[0], source.shape[1])
    mask = padding_mask(source_lengths, source.shape[1])
    memory = encoder(x, params["encoder"], num_heads, mask=mask)
    for p in params["decoder"]:
        y = decoder_block(y, memory, p, num_heads, memory_mask=mask)
    return y @ params["w_logits"] + params["b_logits"]
