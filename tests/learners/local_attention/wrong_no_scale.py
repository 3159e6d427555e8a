# what: scores as they are
# names: local_attention.leaves_the_scale_out
import numpy as np


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def local_attention(query, key, value, window):
    out = []
    for i in range(query.shape[-2]):
        near = slice(max(0, i - window), i + window + 1)
        w = softmax(query[..., i : i + 1, :] @ np.swapaxes(key[..., near, :], -1, -2))
        out.append(w @ value[..., near, :])
    return np.concatenate(out, axis=-2)
