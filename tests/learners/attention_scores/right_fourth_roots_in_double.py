import numpy as np


def double(*arrays):
    return [array.astype(np.float64) for array in arrays]


def dot_scores(query, key):
    q, k = double(query, key)
    return np.ascontiguousarray(q @ k.swapaxes(-2, -1)).astype(query.dtype)


def scaled_dot_scores(query, key):
    # half of the scale on either side
    q, k = double(query, key)
    quarter = q.shape[-1] ** 0.25
    return ((q / quarter) @ (k / quarter).swapaxes(-2, -1)).astype(query.dtype)


def additive_scores(query, key, w_query, w_key, v):
    # the other way to write it: one matrix for query and key side by side
    q, k, wq, wk, w = double(query, key, w_query, w_key, v)
    shape = q.shape[:-1] + (k.shape[-2],)
    q = np.broadcast_to(q[..., :, None, :], shape + q.shape[-1:])
    k = np.broadcast_to(k[..., None, :, :], shape + k.shape[-1:])
    hidden = np.tanh(np.concatenate([q, k], axis=-1) @ np.vstack([wq, wk]))
    return (hidden @ w).astype(query.dtype)
