# what: np.sqrt, and the width itself
# names: initialization.loses_single_precision initialization.forgets_the_root_of_the_width
import numpy as np


def xavier_uniform(draws, fan_in, fan_out):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return -limit + draws * 2 * limit


def score_std(query_std, key_std, d_k):
    return query_std * key_std * d_k
