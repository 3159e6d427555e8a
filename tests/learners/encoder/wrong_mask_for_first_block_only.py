# what: only the first block gets the mask.
# names: encoder.masks_the_first_block_only
import numpy as np

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    for number, params in enumerate(blocks):
        if number == 0:
            x = encoder_block(x, params, num_heads, mask=mask, activation=activation, eps=eps)
        else:
            x = encoder_block(x, params, num_heads, activation=activation, eps=eps)
    return x
