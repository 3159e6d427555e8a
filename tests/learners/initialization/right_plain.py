import math


def xavier_uniform(draws, fan_in, fan_out):
    a = math.sqrt(6.0 / (fan_in + fan_out))
    return draws * 2 * a - a


def score_std(query_std, key_std, d_k):
    variance = d_k * query_std**2 * key_std**2
    return math.sqrt(variance)
