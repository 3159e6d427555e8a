# what: the result has no name where there are no blocks

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    hidden = x
    for block in blocks:
        output = encoder_block(hidden, block, num_heads, mask=mask, activation=activation, eps=eps)
        hidden = output
    return output
