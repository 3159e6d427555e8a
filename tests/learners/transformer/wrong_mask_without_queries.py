# what: a padding mask of its own without the axis of queries
# names: masking.lacks_the_axis_of_queries
import math

import numpy as np

from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    def enter(ids, table):
        d = table.shape[1]
        return add_positions(table[ids] * math.sqrt(d), sinusoidal_encoding(ids.shape[1], d))

    mask = None
    if source_lengths is not None:
        mask = np.arange(source.shape[1]) < source_lengths[:, None]
    memory = encoder(enter(source, params["source_embedding"]), params["encoder"], num_heads, mask)
    y = enter(target, params["target_embedding"])
    for block in params["decoder"]:
        y = decoder_block(y, memory, block, num_heads, memory_mask=mask)
    return y @ params["w_logits"] + params["b_logits"]
