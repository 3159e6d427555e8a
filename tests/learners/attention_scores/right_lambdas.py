import math

import numpy as np

dot_scores = lambda query, key: np.matmul(query, np.moveaxis(key, -1, -2))

scaled_dot_scores = lambda query, key: dot_scores(query / math.sqrt(query.shape[-1]), key)

additive_scores = lambda query, key, w_query, w_key, v: (
    np.tanh((query @ w_query)[..., np.newaxis, :] + (key @ w_key)[..., np.newaxis, :, :]) * v
).sum(axis=-1)
