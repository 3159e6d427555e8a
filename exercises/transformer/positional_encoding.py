"""Positional encoding: a clock with many hands tells the positions apart.

Without a mask, attention has no sense of order. Shuffle the words, and each word keeps its output:
the outputs are shuffled along. So the order has to be written into the vectors themselves: each
position gets a vector of its own, and it is added to that of the word that stands there.

Picture d/2 clock hands. Hand i turns by 10000 ** (-2*i / d) radians with every word, and its tip
has two coordinates, a sine and a cosine, which stand side by side. The first hand moves on by a
whole radian; with d = 512 the last one hardly stirs over a page.

    encoding[pos, 2*i]     = sin(pos / 10000 ** (2*i / d))     i counts pairs: 0, 1 ... d/2 - 1
    encoding[pos, 2*i + 1] = cos(pos / 10000 ** (2*i / d))     the same angle; d = d_model

    d = 4, pos = 1:   angles 1 and 1/100   ->   [0.84, 0.54, 0.01, 1.00]

    x         (..., n, d)   word vectors
    encoding  (max_n, d)    one row for each position there is, max_n >= n
    result    (..., n, d)   word 0 plus row 0, word 1 plus row 1, and so on

Adding is the same for a table that was learned instead of calculated, as in BERT and GPT. Such a
table has an end, and a sequence that runs past it has to be refused.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade positional_encoding        (stuck? grader hint positional_encoding)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def sinusoidal_encoding(n, d_model):
    """Give each of the first n positions a vector of sines and cosines.

    Parameters
    ----------
    n : int
        The number of positions, counted from 0.
    d_model : int
        The number of features; even.

    Returns
    -------
    encoding : (n, d_model)
        float64; sines in the even columns, cosines in the odd ones.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.5.
    """
    raise NotImplementedError


def add_positions(x, encoding):
    """Add to every vector of a sequence the encoding of its position.

    Parameters
    ----------
    x : (..., n, d)
        A sequence of n vectors, with any leading batch axes.
    encoding : (max_n, d)
        A table with one row per position, calculated or learned.

    Returns
    -------
    placed : (..., n, d)
        Of the dtype of `x`, whatever that of the table is.

    Raises
    ------
    ValueError
        The sequence is longer than the table: n > max_n.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.5, for both kinds of table.
    """
    raise NotImplementedError
