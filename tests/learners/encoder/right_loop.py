from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    for i in range(len(blocks)):
        x = encoder_block(x, blocks[i], num_heads, mask, activation, eps)
    return x
