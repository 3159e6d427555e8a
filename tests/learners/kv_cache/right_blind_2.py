"""Written out with einsum, and one array that is as long as it has to be."""

import math

import numpy as np

from exercises.attention.attention import attention  # noqa: F401  (not needed below)


def _longer(old, new):
    if old is None:
        return new
    t = old.shape[-2]
    room = np.empty(new.shape[:-2] + (t + 1, new.shape[-1]), dtype=new.dtype)
    room[..., :t, :] = old
    room[..., t:, :] = new
    return room


def decode_step(x, cache, w_query, w_key, w_value):
    q, k, v = (np.einsum("...nd,de->...ne", x, w) for w in (w_query, w_key, w_value))
    old = cache or {"key": None, "value": None}
    keys, values = _longer(old["key"], k), _longer(old["value"], v)
    scores = np.einsum("...qd,...kd->...qk", q, keys) / math.sqrt(q.shape[-1])
    p = np.exp(scores - scores.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    return np.einsum("...qk,...kd->...qd", p, values), dict(key=keys, value=values)
