# what: in `encoder`, every block reads the original x instead of the output of the block before it
# names: encoder.gives_every_block_the_input

import numpy as np

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    out = x
    for i in range(len(blocks)):
        out = encoder_block(x, blocks[i], num_heads, mask=mask, activation=activation, eps=eps)
    return out
