# what: adds variances
# names: initialization.adds_the_variances
import math


def xavier_uniform(draws, fan_in, fan_out):
    return (2 * draws - 1) * math.sqrt(6 / (fan_in + fan_out))


def score_std(query_std, key_std, d_k):
    return math.sqrt(d_k * (query_std**2 + key_std**2))
