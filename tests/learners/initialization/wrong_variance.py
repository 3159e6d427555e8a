# what: returns the variance
# names: initialization.returns_the_variance
import math


def xavier_uniform(draws, fan_in, fan_out):
    return (2 * draws - 1) * math.sqrt(6 / (fan_in + fan_out))


def score_std(query_std, key_std, d_k):
    return d_k * (query_std * key_std) ** 2
