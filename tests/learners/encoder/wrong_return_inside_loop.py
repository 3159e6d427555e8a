# what: the return stands inside the loop, so only the first block is used.
# names: encoder.stops_after_the_first_block
import numpy as np

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    for layer_params in blocks:
        x = encoder_block(x, layer_params, num_heads, mask, activation=activation, eps=eps)
        return x
    return x
