# what: the kernel is not turned round.
# names: convolution.correlates
import numpy as np


def convolve(signal, kernel):
    return np.correlate(signal, kernel, "full")
