"""Softmax: scores become weights that sum to one.

A query has compared itself with every key and holds a row of scores, one for each. Softmax turns
such a row into weights: none negative, together 1, the largest score with the largest weight.
Then "how much of each value?" has an answer.

    weights_i = exp(scores_i) / (sum over j of exp(scores_j))

    [0, ln 3]  ->  [1, 3] / 4  =  [0.25, 0.75]

    scores   (..., n)   any real numbers, or -inf for "never"
    weights  (..., n)   each in [0, 1]; every slice along `axis` sums to 1

One trap hides in the formula. float64 ends at about 1.8e308, so exp(710) is already infinite,
and inf / inf is nan; in float32 it happens from exp(89) on. The weights stay the same when you
take one number off every score of a row, so you may choose the number that keeps exp small.
"""

# Every function leaves its arguments as they came and, unless its docstring says otherwise, gives
# back the floating dtype that it was given: float32 in, float32 out.

import numpy as np


def softmax(scores, axis=-1):
    """Turn scores into weights that sum to one along `axis`.

    Parameters
    ----------
    scores : (..., n)
        Any finite numbers; -inf weighs exactly 0 beside finite ones.
    axis : int
        The axis that is normalised.

    Returns
    -------
    weights : (..., n)
        Of the shape of `scores`, and of its dtype where that is a floating one.

    Notes
    -----
    Formula: Vaswani et al. 2017, section 3.2.1, where it turns scores into attention weights.
    """
    raise NotImplementedError
