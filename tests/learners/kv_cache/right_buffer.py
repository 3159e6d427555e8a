import numpy as np

from exercises.attention.softmax import softmax


def decode_step(x, cache, w_query, w_key, w_value):
    t = 0 if cache is None else cache["key"].shape[-2]
    keys = np.zeros((*x.shape[:-2], t + 1, w_key.shape[1]), dtype=x.dtype)
    values = np.zeros((*x.shape[:-2], t + 1, w_value.shape[1]), dtype=x.dtype)
    if t:
        keys[..., :t, :] = cache["key"]
        values[..., :t, :] = cache["value"]
    keys[..., t, :] = (x @ w_key)[..., 0, :]
    values[..., t, :] = (x @ w_value)[..., 0, :]
    q = (x @ w_query)[..., 0, :]
    scores = np.einsum("...k,...tk->...t", q, keys) / np.asarray(w_key.shape[1] ** 0.5, x.dtype)
    weights = softmax(scores)
    out = np.einsum("...t,...tv->...v", weights, values)
    return out[..., None, :], {"key": keys, "value": values}
