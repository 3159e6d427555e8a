# slip: in `transformer`, the target's embeddings are not multiplied by sqrt(d) (the source's are) -> transformer.forgets_the_root_of_the_width
# slip: in `transformer`, the probabilities of a softmax are returned instead of the logits -> transformer.returns_probabilities

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
    memory = encoder(src, params["encoder"], num_heads, mask=src_mask)

    tgt = np.take(tgt_table, target, axis=0)
    tgt = add_positions(tgt, pe)
    for layer in params["decoder"]:
        tgt = decoder_block(tgt, memory, layer, num_heads, None, src_mask)
    logits = np.einsum("bnd,dv->bnv", tgt, params["w_logits"]) + params["b_logits"]
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
