# what: range(len(blocks) - 1) leaves the last block out
# names: encoder.forgets_the_last_block

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    for i in range(len(blocks) - 1):
        x = encoder_block(x, blocks[i], num_heads, mask=mask, activation=activation, eps=eps)
    return x
