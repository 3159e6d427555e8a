import numpy as np


def xavier_uniform(draws, fan_in, fan_out):
    limit = draws.dtype.type(np.sqrt(6 / (fan_in + fan_out)))
    low, high = -limit, limit
    return low + (high - low) * draws


def score_std(query_std, key_std, d_k):
    return np.linalg.norm(np.full(d_k, query_std * key_std))
