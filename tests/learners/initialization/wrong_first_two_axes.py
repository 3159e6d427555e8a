# what: the fans from the first two axes of the draws
# names: initialization.takes_the_fans_from_the_first_axes
import math


def xavier_uniform(draws, fan_in, fan_out):
    a = math.sqrt(6 / (draws.shape[0] + draws.shape[1]))
    return (2 * draws - 1) * a


def score_std(query_std, key_std, d_k):
    return query_std * key_std * math.sqrt(d_k)
