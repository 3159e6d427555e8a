# what: returns what every block wrote
# names: encoder.returns_what_every_block_wrote

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    outputs = []
    for block in blocks:
        x = encoder_block(x, block, num_heads, mask=mask, activation=activation, eps=eps)
        outputs.append(x)
    return outputs
