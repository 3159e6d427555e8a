import numpy as np


def xavier_uniform(draws, fan_in, fan_out):
    weights = np.empty_like(draws)
    limit = (6 / (fan_in + fan_out)) ** (1 / 2)
    for index in np.ndindex(draws.shape):
        weights[index] = -limit if draws[index] == 0 else (2 * float(draws[index]) - 1) * limit
    return weights


def score_std(query_std, key_std, d_k):
    total = 0.0
    for _ in range(d_k):
        total += (query_std * key_std) * (query_std * key_std)
    return total**0.5
