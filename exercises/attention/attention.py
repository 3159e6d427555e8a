"""Attention: look up by likeness, and take home a blend.

A dictionary compares your word with its entries, finds the one that is equal, and hands over what
stands beside it. Attention is a dictionary that settles for likeness (a large dot product): a query
is compared with every key, and the answer is a blend of all values, most of it from the keys most
like the query.

    attention(Q, K, V) = softmax(Q K^T / sqrt(d_k)) V        K^T: the last two axes exchanged

    query    (..., n_query, d_k)     what each position asks for
    key      (..., n_key, d_k)       what each position can be found by
    value    (..., n_key, d_v)       what it hands over
    weights  (..., n_query, n_key)   row i: how query i shares out its attention
    output   (..., n_query, d_v)     row i: the blend it gets

    q = [2 ln 3, 0, 0, 0],  keys [1, 0, 0, 0] and [0, 1, 0, 0],  values [4] and [8]
    dot products [2 ln 3, 0]  ->  scores [ln 3, 0]  ->  weights [3/4, 1/4]  ->  output [5]

The root of d_k is the scale of scaled_dot_scores. A mask hides keys from queries before the softmax
shares anything out: where it forbids all of them, the weights are zeros, and so is the output.
n_query and n_key may differ. Batch axes in front hold separate attentions: no query sees a key of
another sequence.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade attention        (stuck? grader hint attention)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    """Blend the values for each query, weighted by how well each key matches the query.

    Parameters
    ----------
    query : (..., n_query, d_k)
        One vector for each position that asks.
    key : (..., n_key, d_k)
        One vector for each position that can be found, as wide as a query.
    value : (..., n_key, d_v)
        What the position of each key hands over.
    mask : bool (..., n_query, n_key) or None
        True where a query may attend to a key; any shape of two axes or more that broadcasts to
        this one.

    Returns
    -------
    output : (..., n_query, d_v)
        The weighted sums of the values; zeros for a query that may attend to nothing.
    weights : (..., n_query, n_key)
        The weight of each key for each query. Both results have the dtype of `query`.

    Notes
    -----
    Scaled dot-product attention, Vaswani et al. 2017, section 3.2.1.
    """
    raise NotImplementedError
