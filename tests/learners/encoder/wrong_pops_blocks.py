# what: takes the blocks out of the caller's list with pop(0), which leaves the list empty.
# names: encoder.empties_the_list
import numpy as np

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    while blocks:
        params = blocks.pop(0)
        x = encoder_block(x, params, num_heads, mask=mask, activation=activation, eps=eps)
    return x
