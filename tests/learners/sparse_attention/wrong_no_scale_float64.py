# slip: the scores are not divided by the root of d_k -> attention.does_not_scale
# slip: float64 output
import numpy as np

from exercises.attention.softmax import softmax

def strided_mask(n, stride):
    distance = np.arange(n)[:, None] - np.arange(n)[None, :]
    return (distance >= 0) & ((distance < stride) | (distance % stride == 0))


def block_sparse_attention(query, key, value, block_size, layout):
    output = np.zeros((*query.shape[:-1], value.shape[-1]))
    for i in range(len(layout)):
        keys = np.repeat(layout[i], block_size)
        rows = slice(i * block_size, (i + 1) * block_size)
        if np.any(keys):
            weights = softmax(query[..., rows, :] @ np.swapaxes(key[..., keys, :], -1, -2))
            output[..., rows, :] = weights @ value[..., keys, :]
    return output
