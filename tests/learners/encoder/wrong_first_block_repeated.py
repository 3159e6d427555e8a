# what: the first block's parameters are used at every level.
# names: encoder.uses_the_first_parameters_for_all
import numpy as np

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    out = x
    for i in range(len(blocks)):
        out = encoder_block(out, blocks[0], num_heads, mask, activation, eps)
    return out
