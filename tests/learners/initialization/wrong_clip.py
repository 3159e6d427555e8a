# what: cuts the draws off at the limit
# names: initialization.cuts_the_draws_off
import math

import numpy as np


def xavier_uniform(draws, fan_in, fan_out):
    a = math.sqrt(6 / (fan_in + fan_out))
    return np.clip(draws, -a, a)


def score_std(query_std, key_std, d_k):
    return query_std * key_std * math.sqrt(d_k)
