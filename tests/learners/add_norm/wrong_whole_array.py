# what: one mean and one variance for the whole array
# names: add_norm.takes_the_statistics_of_the_whole_array
import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    s = x + sublayer_output
    return gain * (s - np.mean(s)) / np.sqrt(np.var(s) + eps) + bias
