import numpy as np


def dropout(x, draws, rate):
    if not 0.0 <= rate <= 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {rate}")
    scale = 0.0 if rate == 1.0 else 1.0 / (1.0 - rate)
    return np.where(draws < rate, np.zeros_like(x), scale * x)
