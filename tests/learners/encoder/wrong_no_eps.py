# what: eps is not handed on
# names: encoder.keeps_eps_to_itself

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    for block in blocks:
        x = encoder_block(x, block, num_heads, mask=mask, activation=activation)
    return x
