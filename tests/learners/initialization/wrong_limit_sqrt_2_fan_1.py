# what: the limit is sqrt(2 / (fan_in + fan_out)), which is the standard deviation of the normal kind
# names: initialization.takes_the_standard_deviation_for_the_limit
import math


def xavier_uniform(draws, fan_in, fan_out):
    limit = math.sqrt(2.0 / (fan_in + fan_out))
    return draws * (2 * limit) - limit


def score_std(query_std, key_std, d_k):
    return query_std * key_std * math.sqrt(d_k)
