import math


def xavier_uniform(draws, fan_in, fan_out):
    """From the variance: 2 / (fan_in + fan_out), and a uniform one of width w has w ** 2 / 12."""
    variance = 2 / (fan_in + fan_out)
    width = math.sqrt(12 * variance)
    return (draws - 0.5) * width


score_std = lambda query_std, key_std, d_k: d_k**0.5 * query_std * key_std  # noqa: E731
