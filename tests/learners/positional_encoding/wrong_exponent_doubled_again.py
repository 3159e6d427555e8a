# what: the loop already runs over even numbers 2i, and the exponent doubles them once more.
# names: positional_encoding.doubles_the_pair_twice
import numpy as np


def sinusoidal_encoding(n, d_model):
    pe = np.zeros((n, d_model))
    for pos in range(n):
        for i in range(0, d_model, 2):
            pe[pos, i] = np.sin(pos / (10000 ** ((2 * i) / d_model)))
            pe[pos, i + 1] = np.cos(pos / (10000 ** ((2 * i) / d_model)))
    return pe


def add_positions(x, encoding):
    if x.shape[-2] > encoding.shape[-2]:
        raise ValueError("sequence is longer than the table of positions")
    return (x + encoding[: x.shape[-2], :]).astype(x.dtype)
