"""Local attention: each position looks at its neighbours, and at nobody else.

Full attention compares every position with every other one: n · n scores, so that twice the text
takes four times the memory. Yet most of what a word needs stands close to it. In local attention a
position sees `window` neighbours on either side and itself, and that is all:

    attention of position i over the positions j with |i - j| <= window

    query, key (..., n, d_k)    value (..., n, d_v)    output (..., n, d_v)

    query [1], [1], [1], [1]    key [0], [ln 3], [0], [0]    value [4], [8], [12], [16]    window 1
    position 1 sees 0, 1, 2:    exponentials 1, 3, 1    weights 1/5, 3/5, 1/5    output 8
    position 3 sees 2, 3:       exponentials 1, 1       weights 1/2, 1/2         output 14

At the ends a part of the window hangs over, and nothing is there: no position from the other end of
the text, and no score of 0 either, which would take a share of the weights. All else is as you know
it: scores are divided by sqrt(d_k), and a window that reaches everything gives full attention.

What is saved is memory. So the table of all n · n scores must not be made, not even to be masked:
2 · window + 1 scores for each query are enough. What a call holds at one time is checked as well.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade local_attention        (stuck? grader hint local_attention)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def local_attention(query, key, value, window):
    """Let each position attend to those at most `window` places away.

    Parameters
    ----------
    query, key : (..., n, d_k)
        One vector for each position.
    value : (..., n, d_v)
        What each position hands over.
    window : int
        How many neighbours a position sees on either side: 0 or more, and perhaps more than there
        are.

    Returns
    -------
    output : (..., n, d_v)
        The weighted sums of the values within the window. The memory that it takes grows with n,
        and not with its square.

    Notes
    -----
    Beltagy et al. 2020 (Longformer), section 3.1; scaled by 1 / sqrt(d_k).
    """
    raise NotImplementedError
