import numpy as np


def convolve(signal, kernel):
    n, m = len(signal), len(kernel)
    return sum(np.pad(sample * kernel, (i, n - 1 - i)) for i, sample in enumerate(signal))
