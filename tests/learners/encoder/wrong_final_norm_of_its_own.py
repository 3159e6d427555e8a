# what: normalises once more, with an eps of its own

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    for block in blocks:
        x = encoder_block(x, block, num_heads, mask=mask, activation=activation, eps=eps)
    return (x - x.mean(-1, keepdims=True)) / (x.std(-1, keepdims=True) + 1e-6)
