# what: the decoder is not given the mask
# names: transformer.hides_the_padding_from_the_encoder_only
import math

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    def enter(ids, table):
        d = table.shape[1]
        return add_positions(table[ids] * math.sqrt(d), sinusoidal_encoding(ids.shape[1], d))

    mask = None
    if source_lengths is not None:
        mask = padding_mask(source_lengths, source.shape[1])
    memory = encoder(enter(source, params["source_embedding"]), params["encoder"], num_heads, mask)
    y = enter(target, params["target_embedding"])
    for block in params["decoder"]:
        y = decoder_block(y, memory, block, num_heads)
    return y @ params["w_logits"] + params["b_logits"]
