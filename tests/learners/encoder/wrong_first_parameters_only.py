# what: blocks[0] in every turn
# names: encoder.uses_the_first_parameters_for_all

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    for _ in blocks:
        x = encoder_block(x, blocks[0], num_heads, mask=mask, activation=activation, eps=eps)
    return x
