# what: the first block is applied before the loop, so a stack of no blocks raises IndexError.
import numpy as np

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    options = {"mask": mask, "activation": activation, "eps": eps}
    hidden = encoder_block(x, blocks[0], num_heads, **options)
    for block in blocks[1:]:
        hidden = encoder_block(hidden, block, num_heads, **options)
    return hidden
