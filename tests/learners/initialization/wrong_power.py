# what: ** 1/2 is a half
# names: initialization.halves_in_the_place_of_the_root initialization.halves_the_width
import math


def xavier_uniform(draws, fan_in, fan_out):
    limit = (6 / (fan_in + fan_out)) ** 1 / 2
    return (draws * 2 - 1) * limit


def score_std(query_std, key_std, d_k):
    return query_std * key_std * d_k**1 / 2
