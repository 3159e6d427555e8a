# what: pop empties the caller's list
# names: encoder.empties_the_list

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    while blocks:
        x = encoder_block(x, blocks.pop(0), num_heads, mask=mask, activation=activation, eps=eps)
    return x
