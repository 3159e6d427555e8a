"""Attention scores: three ways to say how well a key answers a query.

Every position of a sequence has vectors: a query, a key, each a row of numbers, called features.
Attention compares every query with every key, and a score says how well they go together. Softmax
turns scores into weights later; until then they may be any numbers.

    dot         score(q, k) = q . k
    scaled dot  score(q, k) = q . k / sqrt(d_k)                         Vaswani et al. 2017
    additive    score(q, k) = v . tanh(q w_query + k w_key)             Bahdanau et al. 2014

    query    (..., n_query, d_q)          w_query  (d_q, a)
    key      (..., n_key, d_k)            w_key    (d_k, a)
    scores   (..., n_query, n_key)        v        (a,)

    q = [1, 3, 1, 1],  k = [2, 1, 0, 1]  ->  dot 2 + 3 + 0 + 1 = 6  ->  6 / sqrt(4): scaled 3
    q = [1], k = [2], w_query = [[3, 0]], w_key = [[-1, 5]], v = [2, 1]
        ->  [3, 0] + [-2, 10] = [1, 10]  ->  tanh: [0.762, 1.000]  ->  additive 2.523

A dot product needs equal widths, d_q = d_k. If the entries of q and k are independent, with mean 0
and variance 1, each product of two has mean 0 and variance 1 too, and a sum of d_k of them has
standard deviation sqrt(d_k). Wide vectors make large scores: softmax gives nearly everything to one
key, and its gradient, which training needs, all but vanishes. The division undoes that growth.

Additive scores may compare different widths, and their size is at most sum |v|. But every pair
needs its own tanh of `a` numbers, while all dot products are a single matrix product.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade attention_scores        (stuck? grader hint attention_scores)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

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
    """Compare every query with every key by their dot product, divided by sqrt(d_k).

    Parameters
    ----------
    query : (..., n_query, d_k)
        One vector for each position that asks.
    key : (..., n_key, d_k)
        One vector for each position that can be found, as wide as a query.

    Returns
    -------
    scores : (..., n_query, n_key)
        Of the dtype of `query`; their size does not grow with d_k.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.1; footnote 4 there derives the root.
    """
    raise NotImplementedError


def additive_scores(query, key, w_query, w_key, v):
    """Compare every query with every key by a small neural network.

    Parameters
    ----------
    query : (..., n_query, d_q)
        One vector for each position that asks.
    key : (..., n_key, d_k)
        One vector for each position that can be found; its width may be another.
    w_query : (d_q, a)
        Makes `a` numbers of a query.
    w_key : (d_k, a)
        Makes `a` numbers of a key.
    v : (a,)
        How much each of the `a` numbers counts.

    Returns
    -------
    scores : (..., n_query, n_key)
        Of the dtype of `query`.

    Notes
    -----
    Source: Bahdanau, Cho and Bengio 2014, appendix A.1.2, with rows for its columns.
    """
    raise NotImplementedError
