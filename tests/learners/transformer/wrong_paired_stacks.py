# what: decoder block i reads encoder block i
# names: transformer.pairs_the_stacks_block_by_block
import math

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder_block import encoder_block
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    def enter(ids, table):
        d = table.shape[1]
        return add_positions(table[ids] * math.sqrt(d), sinusoidal_encoding(ids.shape[1], d))

    mask = None
    if source_lengths is not None:
        mask = padding_mask(source_lengths, source.shape[1])
    x = enter(source, params["source_embedding"])
    y = enter(target, params["target_embedding"])
    for low, high in zip(params["encoder"], params["decoder"]):
        x = encoder_block(x, low, num_heads, mask=mask)
        y = decoder_block(y, x, high, num_heads, memory_mask=mask)
    return y @ params["w_logits"] + params["b_logits"]
