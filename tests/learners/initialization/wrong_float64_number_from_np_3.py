# what: a is a float64 number from np.sqrt, and float32 draws become float64
# names: initialization.loses_single_precision
import numpy as np


def xavier_uniform(draws, fan_in, fan_out):
    a = np.sqrt(6 / (fan_in + fan_out))
    low, high = -a, a
    return low + (high - low) * draws


def score_std(query_std, key_std, d_k):
    return np.sqrt(d_k) * query_std * key_std
