"""Attention scores: three ways to say how well a key answers a query.

Attention begins with a comparison: every query meets every key, and a score says how well they go
together. Softmax turns scores into shares later; until then they may be any numbers.

    dot         score(q, k) = q . k
    scaled dot  score(q, k) = q . k / sqrt(d_k)                         Vaswani et al. 2017
    additive    score(q, k) = v . tanh(q w_query + k w_key)             Bahdanau et al. 2014

    query    (..., n_query, d_q)          w_query  (d_q, a)
    key      (..., n_key, d_k)            w_key    (d_k, a)
    scores   (..., n_query, n_key)        v        (a,)

    q = [1, 3, 1, 1],  k = [2, 1, 0, 1]  ->  dot 2 + 3 + 0 + 1 = 6  ->  over sqrt(4): scaled 3
    q = [1], k = [2], w_query = [[3, 0]], w_key = [[-1, 5]], v = [2, 1]
        ->  [3, 0] + [-2, 10] = [1, 10]  ->  tanh: [0.762, 1.000]  ->  additive 2.523

A dot product needs no weights, but query and key must be equally wide (d_q = d_k), and it adds up
d_k terms. If they are independent, of mean 0 and variance 1, their sum has a standard deviation of
sqrt(d_k): wide vectors make large scores, softmax then gives nearly everything to one key, and
its gradient all but vanishes. The division takes that growth away.

An additive score is a small network with one hidden layer, `a` units wide. It can compare vectors
of different widths, and v sets a bound to its size. But it looks at each pair by itself, where all
dot products together are one product of matrices.
"""

# Every function leaves its arguments as they came and, unless its docstring says otherwise, gives
# back the floating dtype that it was given: float32 in, float32 out.

import math

import numpy as np


def dot_scores(query, key):
    """Compare every query with every key by their dot product.

    Parameters
    ----------
    query : (..., n_query, d_k)
        One vector for each position that asks.
    key : (..., n_key, d_k)
        One vector for each position that can be found, as wide as a query.

    Returns
    -------
    scores : (..., n_query, n_key)
        Of the dtype of `query`; entry i, j compares query i with key j.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.1, there called dot-product attention.
    """
    raise NotImplementedError


def scaled_dot_scores(query, key):
    """Compare every query with every key by their dot product, on a scale that width does not move.

    Parameters
    ----------
    query : (..., n_query, d_k)
        One vector for each position that asks.
    key : (..., n_key, d_k)
        One vector for each position that can be found, as wide as a query.

    Returns
    -------
    scores : (..., n_query, n_key)
        Of the dtype of `query`; the dot products over the root of d_k.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.1; footnote 4 there derives the root.
    """
    raise NotImplementedError


def additive_scores(query, key, w_query, w_key, v):
    """Compare every query with every key by a small network with one hidden layer.

    Parameters
    ----------
    query : (..., n_query, d_q)
        One vector for each position that asks.
    key : (..., n_key, d_k)
        One vector for each position that can be found; its width may be another.
    w_query : (d_q, a)
        Brings a query to the width of the hidden layer.
    w_key : (d_k, a)
        Brings a key there.
    v : (a,)
        Weighs the hidden units.

    Returns
    -------
    scores : (..., n_query, n_key)
        Of the dtype of `query`.

    Notes
    -----
    Source: Bahdanau, Cho and Bengio 2014, appendix A.1.2, with rows for its columns.
    """
    raise NotImplementedError
