import numpy as np
import numpy.ma as ma


def causal_mask(n):
    return ~np.triu(np.ones((n, n), dtype=bool), k=1)


def padding_mask(lengths, n):
    return np.less.outer(np.arange(n), lengths).T[:, np.newaxis, :]


def masked_softmax(scores, mask=None):
    if mask is None:
        mask = np.bool_(True)
    hidden = ~np.broadcast_to(mask, scores.shape)
    seen = ma.array(scores, mask=hidden)
    exps = ma.exp(seen - seen.max(axis=-1, keepdims=True))
    return (exps / exps.sum(axis=-1, keepdims=True)).filled(0)
