# what: fan_in alone
# names: initialization.looks_at_the_inputs_only
import math


def xavier_uniform(draws, fan_in, fan_out):
    bound = math.sqrt(6 / fan_in)
    return draws * (2 * bound) - bound


def score_std(query_std, key_std, d_k):
    return math.sqrt(d_k) * query_std * key_std
