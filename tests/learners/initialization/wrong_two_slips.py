# what: not stretched, and no root
# names: initialization.reaches_zero_only initialization.forgets_the_root
import math


def xavier_uniform(draws, fan_in, fan_out):
    a = 6 / (fan_in + fan_out)
    return draws * a - a


def score_std(query_std, key_std, d_k):
    return query_std * key_std * math.sqrt(d_k)
