import numpy as np


def xavier_uniform(draws, fan_in, fan_out):
    limit = (6 / (fan_in + fan_out)) ** 0.5
    return np.interp(draws, [0, 1], [-limit, limit]).astype(draws.dtype)


def score_std(query_std, key_std, d_k):
    return np.sqrt(sum((query_std * key_std) ** 2 for _ in range(d_k)))
