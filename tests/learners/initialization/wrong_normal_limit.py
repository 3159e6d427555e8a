# what: the standard deviation as the limit; a root of the spreads
# names: initialization.takes_the_standard_deviation_for_the_limit initialization.takes_the_root_of_the_spreads
import math


def xavier_uniform(draws, fan_in, fan_out):
    std = math.sqrt(2.0 / (fan_in + fan_out))
    return 2 * std * draws - std


def score_std(query_std, key_std, d_k):
    return math.sqrt(d_k * query_std * key_std)
