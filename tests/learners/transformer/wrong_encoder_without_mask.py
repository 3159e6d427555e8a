# what: in `transformer`, the padding mask is given to the cross-attentions only: the encoder gets no mask
# names: transformer.hides_the_padding_from_the_decoder_only

import math

import numpy as np

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    src_table, tgt_table = params["source_embedding"], params["target_embedding"]
    d = src_table.shape[1]
    n_source, n_target = source.shape[1], target.shape[1]
    pe = sinusoidal_encoding(max(n_source, n_target), d)

    src_mask = None if source_lengths is None else padding_mask(source_lengths, n_source)

    src = np.take(src_table, source, axis=0) * d**0.5
    src = add_positions(src, pe)
    memory = encoder(src, params["encoder"], num_heads)

    tgt = np.take(tgt_table, target, axis=0) * d**0.5
    tgt = add_positions(tgt, pe)
    for layer in params["decoder"]:
        tgt = decoder_block(tgt, memory, layer, num_heads, None, src_mask)
    return np.einsum("bnd,dv->bnv", tgt, params["w_logits"]) + params["b_logits"]
