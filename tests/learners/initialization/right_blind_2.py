import numpy as np


def xavier_uniform(draws, fan_in, fan_out):
    return (2 * draws - 1) * (6 / (fan_in + fan_out)) ** 0.5


def score_std(query_std, key_std, d_k):
    return query_std * key_std * np.sqrt(d_k)
