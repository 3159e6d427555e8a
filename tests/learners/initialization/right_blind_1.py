import math

import numpy as np


def xavier_uniform(draws, fan_in, fan_out):
    a = math.sqrt(6 / (fan_in + fan_out))
    weights = np.empty_like(draws, dtype=np.result_type(draws, 0.0))
    for place in np.ndindex(draws.shape):
        weights[place] = -a + 2 * a * draws[place]
    return weights


def score_std(query_std, key_std, d_k):
    variance = 0
    for feature in range(d_k):
        variance = variance + query_std ** 2 * key_std ** 2
    return math.sqrt(variance)
