import numpy as np


def principal_axis(points):
    return -np.linalg.svd(points - points.mean(0))[2][0]
