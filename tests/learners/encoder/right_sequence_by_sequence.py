import numpy as np

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    if x.ndim == 2:
        states = [x]
        for params in blocks:
            states.append(
                encoder_block(
                    states[-1], params, num_heads, mask=mask, activation=activation, eps=eps
                )
            )
        return states[-1]
    n = x.shape[-2]
    masks = np.broadcast_to(True if mask is None else mask, x.shape[:-1] + (n,))
    output = np.empty_like(x)
    for i, (sequence, own) in enumerate(zip(x, masks)):
        output[i] = encoder(sequence, blocks, num_heads, own, activation, eps)
    return output
