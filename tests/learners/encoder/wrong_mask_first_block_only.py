# what: in `encoder`, only the first block gets the mask
# names: encoder.masks_the_first_block_only

import numpy as np

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    for block in blocks:
        x = encoder_block(x, block, num_heads, mask, activation, eps)
        mask = None
    return x
