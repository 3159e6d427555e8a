# what: the embeddings are not multiplied by sqrt(d).
# names: transformer.forgets_the_root_of_the_width
import math

import numpy as np

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    mask = None if source_lengths is None else padding_mask(source_lengths, source.shape[1])
    src = params["source_embedding"][source]
    tgt = params["target_embedding"][target]
    src = add_positions(src, sinusoidal_encoding(src.shape[1], src.shape[2]))
    tgt = add_positions(tgt, sinusoidal_encoding(tgt.shape[1], tgt.shape[2]))
    memory = encoder(src, params["encoder"], num_heads, mask)
    for layer in params["decoder"]:
        tgt = decoder_block(tgt, memory, layer, num_heads, memory_mask=mask)
    return tgt @ params["w_logits"] + params["b_logits"]
