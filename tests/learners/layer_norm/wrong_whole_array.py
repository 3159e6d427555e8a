# what: one mean and one variance of the whole array.
# names: layer_norm.takes_the_statistics_of_the_whole_array
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    x_hat = (x - x.mean()) / np.sqrt(x.var() + eps)
    return gain * x_hat + bias
