# what: multiplies by d_k without the root
# names: initialization.forgets_the_root_of_the_width
import math

import numpy as np


def limit(fan_in, fan_out):
    return math.sqrt(6) / math.sqrt(fan_in + fan_out)


def xavier_uniform(draws, fan_in, fan_out):
    """The stretched and moved draws."""
    a = limit(fan_in, fan_out)
    return np.multiply(draws, 2 * a) - a


def score_std(query_std, key_std, d_k):
    """Of a sum of d_k products."""
    return query_std * key_std * d_k
