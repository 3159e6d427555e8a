# what: the blocks are used in reverse order.
# names: encoder.climbs_from_the_top
import numpy as np

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    if len(blocks) == 0:
        return x
    below = encoder(x, blocks[1:], num_heads, mask=mask, activation=activation, eps=eps)
    return encoder_block(below, blocks[0], num_heads, mask=mask, activation=activation, eps=eps)
