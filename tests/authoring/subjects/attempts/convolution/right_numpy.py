import numpy as np


def convolve(signal, kernel):
    return np.convolve(signal, kernel)
