# what: rows are taken for columns.
# names: principal_axis.takes_a_row
import numpy as np


def principal_axis(points):
    return np.linalg.eigh(np.cov(points, rowvar=False)).eigenvectors[-1, :]
