# slip: takes the fans from the shape of the draws, not from the arguments
# slip: the standard deviations of query and key are added, not multiplied -> initialization.adds_the_spreads
import math


def xavier_uniform(draws, fan_in, fan_out):
    if draws.ndim >= 2:
        fan_in, fan_out = draws.shape[-2:]
    a = math.sqrt(6.0 / (fan_in + fan_out))
    return 2 * a * draws - a


def score_std(query_std, key_std, d_k):
    return (query_std + key_std) * math.sqrt(d_k)
