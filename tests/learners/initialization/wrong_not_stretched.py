# what: moves the draws by a, and does not stretch them
# names: initialization.reaches_zero_only
import math


def xavier_uniform(draws, fan_in, fan_out):
    a = math.sqrt(6 / (fan_in + fan_out))
    return draws * a - a


def score_std(query_std, key_std, d_k):
    return query_std * key_std * math.sqrt(d_k)
