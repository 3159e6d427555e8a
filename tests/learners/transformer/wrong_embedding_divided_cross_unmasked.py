# slip: in `embed`, the embeddings are divided by sqrt(d) instead of multiplied -> transformer.divides_by_the_root
# slip: in `transformer`, the decoder blocks get no memory mask -> transformer.hides_the_padding_from_the_encoder_only

import math

import numpy as np

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def embed(ids, table):
    d = table.shape[-1]
    vectors = table[ids] / math.sqrt(d)
    return add_positions(vectors, sinusoidal_encoding(ids.shape[-1], d))


def transformer(source, target, params, num_heads, source_lengths=None):
    mask = None
    if source_lengths is not None:
        mask = padding_mask(source_lengths, source.shape[-1])
    x = embed(source, params["source_embedding"])
    memory = encoder(x, params["encoder"], num_heads, mask)
    y = embed(target, params["target_embedding"])
    for block in params["decoder"]:
        y = decoder_block(y, memory, block, num_heads)
    return y @ params["w_logits"] + params["b_logits"]
