"""Multi-head: one wide vector becomes several narrow ones, and back.

One attention makes one choice per position: its weights sum to 1, so looking hard at a verb means
looking less at its subject. Several heads make several choices at once, each in a subspace of its
own. They cost no more, because each head gets only a slice of the features: head i owns those from
i*d_head up to, but not including, (i+1)*d_head.

    x       (..., n, d)              d = h * d_head
    heads   (..., h, n, d_head)      one small sequence per head

    d = 4, h = 2:   [a, b, c, d]  ->  head 0: [a, b]   head 1: [c, d]

Beware of the shortcut. `reshape` keeps all numbers in row order, so asking it for the final shape
at once runs without an error and mixes features of different positions.

Merging is the way back, so merge_heads(split_heads(x, h)) is x again.
"""

# Every function leaves its arguments as they came and, unless its docstring says otherwise, gives
# back the floating dtype that it was given: float32 in, float32 out.

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
