# what: fans from the draws' own shape
# names: initialization.takes_the_fans_from_the_draws
import math


def xavier_uniform(draws, fan_in, fan_out):
    shape = draws.shape
    rows = shape[-2] if len(shape) > 1 else 0
    limit = math.sqrt(6 / (rows + shape[-1]))
    return -limit + 2 * limit * draws


def score_std(query_std, key_std, d_k):
    return math.sqrt(d_k * query_std**2 * key_std**2)
