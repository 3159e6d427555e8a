import numpy as np

_T = lambda a: np.swapaxes(a, -1, -2)


def dot_scores(query, key):
    return np.asfortranarray(_T(key @ _T(query)))


def scaled_dot_scores(query, key):
    return dot_scores(query, key) / query.dtype.type(np.sqrt(query.shape[-1]))


def additive_scores(query, key, w_query, w_key, v):
    columns = _T(w_query) @ _T(query)
    others = _T(w_key) @ _T(key)
    sums = columns[..., :, :, None] + others[..., :, None, :]
    return np.tensordot(np.tanh(sums), v, axes=(-3, 0))
