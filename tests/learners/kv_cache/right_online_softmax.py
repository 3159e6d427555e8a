import numpy as np


def decode_step(x, cache, w_query, w_key, w_value):
    k, v = np.matmul(x, w_key), np.matmul(x, w_value)
    q = np.matmul(x, w_query) / x.dtype.type(np.sqrt(k.shape[-1]))
    new = (q * k).sum(axis=-1, keepdims=True)
    if cache is None:
        return v, {"key": k, "value": v}
    old = q @ np.moveaxis(cache["key"], -1, -2)
    top = np.maximum(old.max(axis=-1, keepdims=True), new)
    a, b = np.exp(old - top), np.exp(new - top)
    out = (a @ cache["value"] + b * v) / (a.sum(axis=-1, keepdims=True) + b)
    stack = lambda one, other: np.concatenate([one, other], axis=one.ndim - 2)
    return out, {"key": stack(cache["key"], k), "value": stack(cache["value"], v)}
