# slip: only what comes before -> local_attention.looks_back_only
# slip: no scale -> local_attention.leaves_the_scale_out
# slip: float64 output
import numpy as np


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def local_attention(query, key, value, window):
    output = np.zeros((*query.shape[:-1], value.shape[-1]))
    for i in range(query.shape[-2]):
        lo, hi = max(0, i - window), i + 1
        scores = query[..., i : i + 1, :] @ np.swapaxes(key[..., lo:hi, :], -1, -2)
        output[..., i : i + 1, :] = softmax(scores) @ value[..., lo:hi, :]
    return output
