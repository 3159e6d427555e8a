import numpy as np


def xavier_uniform(draws, fan_in, fan_out):
    limit = float(np.exp(0.5 * (np.log(6) - np.log(fan_in + fan_out))))
    return np.subtract(draws * (2 * limit), limit)


def score_std(query_std, key_std, d_k):
    return float(np.exp(np.log(query_std) + np.log(key_std) + np.log(d_k) / 2))
