import numpy as np

from exercises.attention.masking import masked_softmax


class Head:
    def __init__(self, key, value):
        self.key = key / key.dtype.type(np.sqrt(key.shape[-1]))
        self.value = value

    def __call__(self, query, mask):
        weights = masked_softmax(np.inner(query, self.key), mask)
        return weights.dot(self.value), weights


def attention(query, key, value, mask=None):
    if query.ndim == 2:
        return Head(key, value)(query, mask)
    if mask is not None:
        mask = np.broadcast_to(mask, query.shape[:-1] + (key.shape[-2],))
    results = [
        attention(query[b], key[b], value[b], None if mask is None else mask[b])
        for b in range(len(query))
    ]
    return tuple(np.stack(part) for part in zip(*results))
