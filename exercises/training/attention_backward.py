"""Attention backward: which way queries, keys and values should go.

Training asks of every number: if it grows a little, by how much does the loss grow? That is its
gradient. It has the shape of what it belongs to, and is found step by step from the end:

    scores = query · keyᵀ / sqrt(d_k)
    weights = softmax(scores)         output = weights · value

What is given is grad_output, the gradient of the output. Two of the three steps are products of
matrices. A product goes back like this, where grad_c is known and c = a · b:

    grad_a = grad_c · bᵀ    grad_b = aᵀ · grad_c     (as the shapes have it)

The third step is softmax. More weight for one key is less for the others, so each gradient is
compared with the mean of its row, which is weighted as the row is. With g for grad_weights:

    grad_scores  =  weights · (g - sum over the row of weights · g)

    weights [1/2, 1/4, 1/4], g [4, 0, 0]:  the sum is 2  ->  [1, -1/2, -1/2]

    query (..., n_query, d_k)  key (..., n_key, d_k)  value (..., n_key, d_v)

A factor goes back as a factor: what divides the scores divides their gradient. What the mask
forbids has weight 0, and so its gradient is 0, too; a row that may attend to nothing has no
gradient at all.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade attention_backward        (stuck? grader hint attention_backward)
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


def softmax_backward(weights, grad):
    """Take the gradient of weights back to the scores that they were made of.

    Parameters
    ----------
    weights : (..., n)
        What softmax returned over the last axis. A row may be all zeros.
    grad : (..., n)
        The gradient of the loss for each weight.

    Returns
    -------
    grad_scores : (..., n)
        The gradient of the loss for each score.
    """
    raise NotImplementedError


def attention_backward(query, key, value, grad_output, mask=None):
    """Return the gradients of scaled dot-product attention.

    Parameters
    ----------
    query : (..., n_query, d_k)
    key : (..., n_key, d_k)
    value : (..., n_key, d_v)
        As attention was called with them.
    grad_output : (..., n_query, d_v)
        The gradient of the loss for the output.
    mask : bool, optional
        True where a query may attend to a key; at least two axes, and broadcasts to
        (..., n_query, n_key). A query that may attend to nothing has no weights, and changes
        nothing.

    Returns
    -------
    grad_query : (..., n_query, d_k)
        The gradient of the loss for the queries,
    grad_key : (..., n_key, d_k)
        for the keys,
    grad_value : (..., n_key, d_v)
        and for the values.
    """
    raise NotImplementedError
