# what: two mistakes: exactly six blocks are expected, as in the paper (others are skipped or missing), and activation and eps are not passed on.
# names-both: encoder.keeps_the_activation_to_itself encoder.keeps_eps_to_itself
import numpy as np

from exercises.transformer.encoder_block import encoder_block

N = 6


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    for i in range(N):
        x = encoder_block(x, blocks[i], num_heads, mask)
    return x
