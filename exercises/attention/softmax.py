"""Softmax: scores become weights that sum to one.

Attention lets one word (the query) look at all words of a sentence (their keys). Each comparison
gives a score, and softmax turns the query's row of scores into weights: none negative, together 1,
the largest score with the largest weight. What the words have to say, their values, is later mixed
in these proportions.

    weights_i = exp(scores_i) / (sum over j of exp(scores_j))

    [0, ln 3]  ->  [1, 3] / 4  =  [0.25, 0.75]          ln 3 is np.log(3)

    scores   (..., n)   any real numbers, or -inf for "never"
    weights  (..., n)   each in [0, 1]; every slice along `axis` sums to 1
                        (for a table and axis=-1: every row)

One trap hides in the formula. float64 ends at about 1.8e308, so exp(710) is already infinite,
and inf / inf is nan; in float32 it happens from exp(89) on. The weights stay the same when you
subtract the same number c from every score of a row: exp(s - c) is exp(s) / exp(c), and exp(c)
cancels. So you may choose the number that keeps exp small.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade softmax        (stuck? grader hint softmax)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def softmax(scores, axis=-1):
    """Turn scores into weights that sum to one along `axis`.

    Parameters
    ----------
    scores : (..., n)
        Any finite numbers; -inf weighs exactly 0 beside finite ones. A slice of nothing but -inf
        does not occur.
    axis : int
        The axis that is normalised.

    Returns
    -------
    weights : (..., n)
        Of the shape and the float type of `scores`; float64 where those are integers.

    Notes
    -----
    Formula: Vaswani et al. 2017, section 3.2.1, where it turns scores into attention weights.
    """
    raise NotImplementedError
