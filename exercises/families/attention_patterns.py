"""Attention patterns: what heads look at, in numbers.

A model's weights can be looked at, but they are many: for each layer and each head a table with a
row for every query. Three ways to sum them up:

Some heads look at the word before. The score of a head says how much, on average:

    score      =  mean of weights[i, i - 1]  for i = 1 ... n - 1

Entropy says how widely a query looks around: 0 for one key only, log(n) for all n alike.

    entropy_i  =  - sum over j of  weights[i, j] * log(weights[i, j])   0 log(0) = 0
    [1/2, 1/4, 1/4]  ->  0.347 + 0.347 + 0.347  =  1.04      [1, 0, 0]  ->  0

Rollout asks where it comes from what stands at a position in the end. Half of it went around each
attention, by the residual connection, and half through it, whichever head that was:

    A          =  (mean over the heads of the weights + identity) / 2
    A          =  A, each row divided by its sum
    rollout    =  A_L · ... · A_2 · A_1        A_1 is nearest to the words

    weights  (layers, ..., h, n, n)    row: query, column: key

A row of weights sums to 1, unless its query may attend to nothing: then it sums to 0, and without
the last division half of what stands there would be lost.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade attention_patterns        (stuck? grader hint attention_patterns)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def previous_token_score(weights):
    """Say how much each head looks at the token before.

    Parameters
    ----------
    weights : (layers, ..., h, n, n)
        Attention weights: query i in row i, key j in column j; n is at least 2.

    Returns
    -------
    score : (layers, ..., h)
        Over the queries from 1 on, the mean weight of the key before.

    Notes
    -----
    Source: Voita et al. 2019, section 5.1, on positional heads.
    """
    raise NotImplementedError


def entropy(weights):
    """Say how widely each query spreads its attention.

    Parameters
    ----------
    weights : (layers, ..., h, n, n)
        Attention weights: query i in row i, key j in column j. Some may be 0.

    Returns
    -------
    entropy : (layers, ..., h, n)
        One for each query, in nats; 0 where a single key has all the weight.

    Notes
    -----
    Source: Ghader and Monz 2017, section 4.2.
    """
    raise NotImplementedError


def rollout(weights):
    """Follow attention through all layers, back to the words.

    Parameters
    ----------
    weights : (layers, ..., h, n, n)
        Attention weights, the layer nearest to the words first; a row may be all zeros.

    Returns
    -------
    origin : (..., n, n)
        How much of what stands at position i in the end comes from word j.

    Notes
    -----
    Source: Abnar and Zuidema 2020, section 3.
    """
    raise NotImplementedError
