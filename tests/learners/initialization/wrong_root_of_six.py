# what: the root of 6 alone
# names: initialization.leaves_the_sum_out_of_the_root
import math


def xavier_uniform(draws, fan_in, fan_out):
    a = math.sqrt(6) / (fan_in + fan_out)
    return (2 * draws - 1) * a


def score_std(query_std, key_std, d_k):
    return query_std * key_std * math.sqrt(d_k)
