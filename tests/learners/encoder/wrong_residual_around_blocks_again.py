# what: adds one more residual connection around every block.
# names: encoder.adds_x_below_every_block
import numpy as np

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    for b in blocks:
        x = x + encoder_block(x, b, num_heads, mask=mask, activation=activation, eps=eps)
    return x
