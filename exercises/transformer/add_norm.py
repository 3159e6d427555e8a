"""Add & norm: what a part found out is added to what was there, and the sum is normalised.

A transformer is a chain of parts, which the paper calls sublayers: attention, feed-forward,
attention again. None of them replaces the vectors that it works on. Each writes a correction, which
is added to its own input: the residual connection. A part that has learned nothing yet, and returns
about 0, does no harm; and in the backward pass of training a gradient passes the sum unchanged.
Sums grow, though, so layer norm follows each of them, and rescales that gradient.

    add_norm(x, Sublayer(x)) = LayerNorm(x + Sublayer(x))        Vaswani et al. 2017, section 3.1

    x                (..., n, d)   what went into the part
    sublayer_output  (..., n, d)   what came out of it
    gain, bias       (d,)          of the norm
    result           (..., n, d)

    x = [0, 2, 1, 5],  sublayer_output = [1, -1, 4, 0]  ->  sum [1, 1, 5, 5]
    mean 3, variance 4  ->  [-1, -1, 1, 1]  (eps aside);  gain all 2, bias all 1  ->  [-1, -1, 3, 3]

The order matters: first add, then normalise. That is post-norm, the order of 2017. Pre-norm, which
GPT-2 and most later models use, normalises what goes into a part and lets the sums grow.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade add_norm        (stuck? grader hint add_norm)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.transformer.layer_norm import layer_norm


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    """Add what a part returned to what went into it, and normalise the sum.

    Parameters
    ----------
    x : (..., n, d)
        What went into the part.
    sublayer_output : (..., n, d)
        What the part made of it.
    gain : (d,)
        What each normalised feature is multiplied by.
    bias : (d,)
        What is added to each feature after that.
    eps : float
        Added to the variance, inside the root.

    Returns
    -------
    output : (..., n, d)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.1; the norm is that of Ba, Kiros and Hinton 2016.
    """
    raise NotImplementedError
