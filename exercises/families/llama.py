"""LLaMA: four parts that later models have in the place of older ones.

A block of LLaMA is one of GPT with four parts changed. Its norm, rms_norm, divides each vector by
its root mean square. There is no mean to subtract, and no bias:

    rms_norm(x)  =  gain * x / sqrt(mean of x ** 2 + eps)
    [1, 7]   the mean of 1 and 49 is 25   ->   [0.2, 1.4]

Positions are not added: rotary turns queries and keys. Features i and i + d/2 are the two
coordinates of the tip of a hand, and each hand has its own speed. What a query and a key have in
common then depends on how far apart they stand, and not on where.

    angle  =  position * base ** (-2 * i / d)           i = 0, 1 ... d/2 - 1
    result_i          =  x_i * cos(angle) - x_(i + d/2) * sin(angle)
    result_(i + d/2)  =  x_i * sin(angle) + x_(i + d/2) * cos(angle)
    d = 2, position 1   [1, 0]   ->   [cos(1), sin(1)]  =  [0.54, 0.84]

In the feed-forward layer, swiglu, a gate says how much of each inner feature gets through:

    swiglu(x)  =  (silu(x w_gate) * (x w_up)) w_down
    silu(z)    =  z / (1 + exp(-z))

Several query heads share one head of keys and values, which makes a cache smaller. For the scores
repeat_kv gives each its own again, copies side by side: heads [A, B] twice become [A, A, B, B].
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade llama        (stuck? grader hint llama)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def rms_norm(x, gain, eps=1e-6):
    """Divide each vector by its root mean square, then scale every feature.

    Parameters
    ----------
    x : (..., d)
        Vectors, with any leading axes.
    gain : (d,)
        What each feature is multiplied by.
    eps : float
        Added to the mean square, inside the root.

    Returns
    -------
    result : (..., d)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Zhang and Sennrich 2019, section 4.
    """
    raise NotImplementedError


def rotary(x, positions, base=10000.0):
    """Turn each pair of features by an angle that grows with the position.

    Parameters
    ----------
    x : (..., n, d)
        Queries or keys, of one head or of several; d is even. Features i and i + d/2 are a pair.
    positions : int (n,)
        Where each of the n vectors stands in the text. They need not begin at 0.
    base : float
        The speeds of the pairs are powers of it.

    Returns
    -------
    rotated : (..., n, d)
        Of the shape and dtype of `x`, and every vector as long as it was.

    Notes
    -----
    Source: Su et al. 2021, section 3.2.2, with its features in the order of GPT-NeoX.
    """
    raise NotImplementedError


def swiglu(x, w_gate, w_up, w_down):
    """Return a feed-forward layer with a gate.

    Parameters
    ----------
    x : (..., d)
        Vectors, with any leading axes.
    w_gate, w_up : (d, f)
        Weights of the gate, and of what it lets through. There are no biases.
    w_down : (f, d)
        Weights back to the width of x.

    Returns
    -------
    result : (..., d)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Shazeer 2020, formula 6.
    """
    raise NotImplementedError


def repeat_kv(x, groups):
    """Give every query head a copy of the head of keys or values that it shares.

    Parameters
    ----------
    x : (..., h, n, d)
        Keys or values of h heads.
    groups : int
        How many query heads share one of these.

    Returns
    -------
    heads : (..., h * groups, n, d)
        The copies of a head side by side.

    Notes
    -----
    Source: Ainslie et al. 2023, section 2.2, on grouped queries.
    """
    raise NotImplementedError
