"""Initialization: random weights that are neither too large nor too small.

A layer multiplies and adds: each output is a sum of fan_in products. With weights that are too
large every layer makes its vectors longer, and after twenty layers they are enormous; with weights
too small nothing is left of them. On the way back, each gradient is a sum of fan_out products, and
the same is true. Glorot's limits are a middle way: weights are drawn evenly from -a to a, with

    a  =  sqrt(6 / (fan_in + fan_out))

    fan_in = 2, fan_out = 4   ->   a = sqrt(6 / 6) = 1
    draws [0, 0.25, 0.75]     ->   [-1, -0.5, 0.5]     stretched and moved

The same thought says why attention divides its scores. A score is a sum of d_k products, one for
each feature of query and key. If all of these are independent, with mean 0, then the variance of a
product is the product of the variances, and that of a sum is the sum of the variances:

    std(score)  =  query_std · key_std · sqrt(d_k)

    query_std = key_std = 1, d_k = 64   ->   8

Scores that differ by 8 or more make a softmax of nearly 0 and 1, and no gradient passes through it.
Divided by sqrt(d_k), scores keep the spread 1, however wide the vectors are.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade initialization        (stuck? grader hint initialization)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def xavier_uniform(draws, fan_in, fan_out):
    """Turn even draws into weights within Glorot's limits.

    Parameters
    ----------
    draws : (...)
        Numbers from [0, 1), one for each weight.
    fan_in, fan_out : int
        How many inputs and outputs the layer has. They need not be axes of the draws.

    Returns
    -------
    weights : (...)
        A draw of 0 becomes -a, one of 0.5 becomes 0.

    Notes
    -----
    Glorot and Bengio 2010, formula 16.
    """
    raise NotImplementedError


def score_std(query_std, key_std, d_k):
    """Return the standard deviation of unscaled scores.

    Parameters
    ----------
    query_std, key_std : float
        The standard deviations of the features of queries and keys. The features are independent,
        and have mean 0.
    d_k : int
        How many features a query, or a key, has.

    Returns
    -------
    std : number
        That of the dot product of a query and a key.
    """
    raise NotImplementedError
