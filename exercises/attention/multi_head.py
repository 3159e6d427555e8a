"""Multi-head: one wide vector becomes several narrow ones, and back.

One attention has one set of weights per position: they sum to 1, so looking hard at a verb means
looking less at its subject. Several heads have several sets, each on features of its own: head i
owns the features from i*d_head up to, but not including, (i+1)*d_head. As each head is narrower,
the matrix products cost the same in all, though there are h tables of weights to make, not one.

    x       (..., n, d)              d = h * d_head
    heads   (..., h, n, d_head)      one small sequence per head

    d = 4, h = 2:  [[1, 2, 3, 4], [5, 6, 7, 8]] -> head 0 [[1, 2], [5, 6]], head 1 [[3, 4], [7, 8]]

Beware of the shortcut. `reshape` keeps all numbers in row order. Asked for the final shape at once
it runs without an error, but it cuts the sequence and not the features: head 0 of the example would
be [[1, 2], [3, 4]], all of the first position and nothing of the second.

Merging is the way back, so merge_heads(split_heads(x, h)) is x again.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade multi_head        (stuck? grader hint multi_head)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def split_heads(x, num_heads):
    """Cut the features of every position into `num_heads` consecutive blocks.

    Parameters
    ----------
    x : (..., n, d)
        A sequence of n vectors, with any leading batch axes.
    num_heads : int
        The number of heads h; d must be divisible by it.

    Returns
    -------
    heads : (..., h, n, d_head)
        Of the dtype of `x`; head i holds the features from i*d_head up to, but not including,
        (i+1)*d_head of every position.

    Raises
    ------
    ValueError
        d is not divisible by `num_heads`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.2.
    """
    raise NotImplementedError


def merge_heads(heads):
    """Put the heads' features side by side again: the inverse of `split_heads`.

    Parameters
    ----------
    heads : (..., h, n, d_head)
        One sequence of narrow vectors per head.

    Returns
    -------
    x : (..., n, d)
        One sequence of wide vectors, d = h * d_head, of the dtype of `heads`; head 0 comes first.

    Notes
    -----
    Source: the concatenation of heads in Vaswani et al. 2017, section 3.2.2.
    """
    raise NotImplementedError
