# what: stretches by a, not by 2 a, so weights lie between -a/2 and a/2
# names: initialization.keeps_half_of_the_range
import numpy as np


def xavier_uniform(draws, fan_in, fan_out):
    a = float(np.sqrt(6.0 / (fan_in + fan_out)))
    return a * (draws - 0.5)


def score_std(query_std, key_std, d_k):
    var = d_k * query_std**2 * key_std**2
    return var**0.5
