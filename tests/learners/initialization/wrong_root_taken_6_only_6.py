# slip: the root is taken of 6 only, sqrt(6) / (fan_in + fan_out) -> initialization.leaves_the_sum_out_of_the_root
# slip: the draws that came in are changed
import math


def xavier_uniform(draws, fan_in, fan_out):
    a = math.sqrt(6) / (fan_in + fan_out)
    draws *= 2 * a
    draws -= a
    return draws


def score_std(query_std, key_std, d_k):
    std_of_product = query_std * key_std
    return std_of_product * d_k ** 0.5
