"""Self-attention: a sequence looks up what it needs in itself.

Query, key and value need not come from three places. In self-attention they are three views of the
same vectors, made by three learned matrices (projections): what a position asks for, what it can be
found by, and what it hands over. So "it" may find the noun that it stands for, although the two
words are alike in nothing: w_query and w_key decide what counts as alike.

    Q = x w_query      K = x w_key      V = x w_value
    self_attention(x) = softmax(Q K^T / sqrt(d_k)) V

    x        (..., n, d)      w_query, w_key  (d, d_k)
    Q, K     (..., n, d_k)    w_value         (d, d_v)
    V        (..., n, d_v)    output          (..., n, d_v)

    x = [[1, 0], [0, 1], [0, 2]];   w_query [[ln 2], [0]],  w_key [[1], [0]],  w_value [[12], [4]]
    Q = [[ln 2], [0], [0]]   K = [[1], [0], [0]]   V = [[12], [4], [8]]   d_k = 1, so no scaling
    weights: row 0 [1/2, 1/4, 1/4], the others 1/3 everywhere   ->   output [[9], [8], [8]]

The scale is the root of d_k, the width of Q and K, and not that of x: the dot products are between
rows of Q and K. Formula: Vaswani et al. 2017, section 3.2.1, with the projections of section 3.2.2.

Without a mask, exchange two words and their outputs change places too, and nothing else changes:
unless positions are in the vectors, self-attention cannot tell one order from another.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade self_attention        (stuck? grader hint self_attention)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.attention.attention import attention


def self_attention(x, w_query, w_key, w_value, mask=None):
    """Let every position of a sequence attend to the positions of the same sequence.

    Parameters
    ----------
    x : (..., n, d)
        A sequence of n vectors, with any leading batch axes.
    w_query : (d, d_k)
        Turns each vector into its query, what it asks for.
    w_key : (d, d_k)
        Turns each vector into its key, what it can be found by.
    w_value : (d, d_v)
        Turns each vector into its value, what it hands over.
    mask : bool (..., n, n) or None
        True where a position may attend to another; any shape of two axes or more that broadcasts
        to this one.

    Returns
    -------
    output : (..., n, d_v)
        Of the dtype of `x`; zeros for a position that may attend to nothing.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.3, on self-attention in the encoder.
    """
    raise NotImplementedError
