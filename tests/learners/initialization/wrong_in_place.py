# what: in place, and forgets the spreads
# names: initialization.stretches_in_place initialization.forgets_the_spreads
import math


def xavier_uniform(draws, fan_in, fan_out):
    draws -= 0.5
    draws *= 2 * math.sqrt(6 / (fan_in + fan_out))
    return draws


def score_std(query_std, key_std, d_k):
    return math.sqrt(d_k)
