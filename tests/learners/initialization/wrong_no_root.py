# what: no root, and the scores are divided
# names: initialization.forgets_the_root initialization.divides_by_the_root
import math


def xavier_uniform(draws, fan_in, fan_out):
    a = 6 / (fan_in + fan_out)
    return (2 * draws - 1) * a


def score_std(query_std, key_std, d_k):
    return query_std * key_std / math.sqrt(d_k)
