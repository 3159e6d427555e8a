import numpy as np


def causal_mask(n):
    return np.tri(n, dtype=np.bool_)


def padding_mask(lengths, n):
    rows = [[[j < m for j in range(n)]] for m in lengths.tolist()]
    return np.array(rows, dtype=bool)


def masked_softmax(scores, mask=None):
    if mask is None:
        mask = True
    mask = np.broadcast_to(np.asarray(mask), scores.shape)
    if not np.issubdtype(scores.dtype, np.floating):
        scores = scores.astype(float)
    low = np.finfo(scores.dtype).min
    top = np.max(scores, axis=-1, keepdims=True, where=mask, initial=low)
    z = np.subtract(scores, top, out=np.zeros(scores.shape, scores.dtype, order="F"), where=mask)
    e = np.exp(z, out=np.zeros(scores.shape, scores.dtype, order="F"), where=mask)
    s = np.add.reduce(e, axis=-1, keepdims=True)
    return np.divide(e, s, out=np.zeros_like(e), where=s > 0)
