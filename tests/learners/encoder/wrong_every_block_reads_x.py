# what: every block is given the original x, so only the last one counts.
# names: encoder.gives_every_block_the_input
import numpy as np

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    output = x
    for block in blocks:
        output = encoder_block(x, block, num_heads, mask=mask, activation=activation, eps=eps)
    return output
