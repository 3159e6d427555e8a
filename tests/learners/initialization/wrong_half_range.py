# what: from -a/2 to a/2
# names: initialization.keeps_half_of_the_range
import math


def xavier_uniform(draws, fan_in, fan_out):
    a = math.sqrt(6 / (fan_in + fan_out))
    return (draws - 0.5) * a


def score_std(query_std, key_std, d_k):
    return query_std * key_std * math.sqrt(d_k)
