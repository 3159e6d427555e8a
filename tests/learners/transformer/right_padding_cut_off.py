import numpy as np

from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def enter(ids, table):
    vectors = table[ids] * table.dtype.type(np.sqrt(table.shape[-1]))
    return add_positions(vectors, sinusoidal_encoding(len(ids), table.shape[-1]))


def one_sentence(source, target, params, num_heads):
    mask = None
    if len(source) == 0:  # nothing to read: one place that nobody looks at
        source, mask = np.zeros(1, int), np.zeros((1, 1), bool)
    memory = encoder(enter(source, params["source_embedding"]), params["encoder"], num_heads)
    y = enter(target, params["target_embedding"])
    for block in params["decoder"]:
        y = decoder_block(y, memory, block, num_heads, memory_mask=mask)
    return y @ params["w_logits"] + params["b_logits"]


def transformer(source, target, params, num_heads, source_lengths=None):

    lengths = [source.shape[1]] * len(source) if source_lengths is None else source_lengths
    sentences = zip(source, target, lengths)
    return np.stack([one_sentence(s[:k], t, params, num_heads) for s, t, k in sentences])
