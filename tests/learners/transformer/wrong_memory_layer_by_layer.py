# what: decoder block k attends to the output of encoder block k instead of to the finished memory.
# names: transformer.reads_the_encoder_block_beside_it
import math

import numpy as np

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder_block import encoder_block
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    d = params["source_embedding"].shape[1]
    mask = None if source_lengths is None else padding_mask(source_lengths, source.shape[1])
    x = add_positions(params["source_embedding"][source] * math.sqrt(d), sinusoidal_encoding(source.shape[1], d))
    memories = []
    for block in params["encoder"]:
        x = encoder_block(x, block, num_heads, mask=mask)
        memories.append(x)
    y = add_positions(params["target_embedding"][target] * math.sqrt(d), sinusoidal_encoding(target.shape[1], d))
    for k, block in enumerate(params["decoder"]):
        memory = memories[k] if k < len(memories) else x
        y = decoder_block(y, memory, block, num_heads, memory_mask=mask)
    return y @ params["w_logits"] + params["b_logits"]
