# what: the direction with the smallest variance.
import numpy as np


def principal_axis(points):
    return np.linalg.eigh(np.cov(points, rowvar=False)).eigenvectors[:, 0]
