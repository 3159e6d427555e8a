# what: leaves the refusal to broadcasting, which stretches a table of a single row over any sequence.
# names: positional_encoding.never_checks_the_length
import numpy as np


def sinusoidal_encoding(n, d_model):
    angle = np.outer(np.arange(n), 10000.0 ** (-np.arange(0, d_model, 2) / d_model))
    pe = np.zeros((n, d_model))
    pe[:, 0::2] = np.sin(angle)
    pe[:, 1::2] = np.cos(angle)
    return pe


def add_positions(x, encoding):
    return x + encoding[: x.shape[-2]].astype(x.dtype)
