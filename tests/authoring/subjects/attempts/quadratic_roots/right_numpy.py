import numpy as np


def roots(a, b, c):
    half = np.sqrt(complex(b * b - 4 * a * c))
    return {(-b + half) / (2 * a), (-b - half) / (2 * a)}
