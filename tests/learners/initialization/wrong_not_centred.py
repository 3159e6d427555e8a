# what: from 0 to a
# names: initialization.draws_from_zero
import math


def xavier_uniform(draws, fan_in, fan_out):
    return math.sqrt(6 / (fan_in + fan_out)) * draws


def score_std(query_std, key_std, d_k):
    return query_std * key_std * math.sqrt(d_k)
