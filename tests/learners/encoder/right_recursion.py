from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    options = dict(mask=mask, activation=activation, eps=eps)
    if not blocks:
        return x
    *lower, top = blocks
    return encoder_block(encoder(x, lower, num_heads, **options), top, num_heads, **options)
