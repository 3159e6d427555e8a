import numpy as np

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    """The last block, applied to what the stack below it made."""
    if not blocks:
        return np.asfortranarray(x)
    *below, last = blocks
    made = encoder(x, below, num_heads, mask=mask, activation=activation, eps=eps)
    return np.asfortranarray(encoder_block(made, last, num_heads, mask=mask, activation=activation, eps=eps))
