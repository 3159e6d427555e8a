"""Multi-head attention: several attentions read side by side, and their findings are put together.

A head that was given a mere slice of the features could use only what is in its slice. So three
learned linear layers, x w + b, come first: they decide what each head asks for, can be found by and
hands over. A fourth comes last, and mixes what the heads have found.

    Q = query w_query + b_query,   and K, V likewise        params["w_query"] is w_query, and so on
    head_i = attention(block i of Q, block i of K, block i of V)
    output = concat(head_0, ..., head_(h-1)) w_output + b_output

    query, output     (..., n_query, d)           key, value  (..., n_key, d)
    Q, K, V in heads  (..., h, n, d_head)         d_head = d / h
    scores            (..., h, n_query, n_key)    each head scales by sqrt(d_head), its own width
    mask              (..., n_query, n_key)       the same for every head

    d = h = 2, so d_head = 1; Q = [[ln 3, 0]], K = [[1, 0], [0, 1]], V = [[4, 0], [8, 2]]
    head 0: scores [ln 3, 0], weights [3/4, 1/4], finds 3 + 2 = 5
    head 1: scores [0, 0],    weights [1/2, 1/2], finds 0 + 1 = 1
    Merged: [[5, 1]]. With w_output the identity matrix and b_output 0, that is the output.

If one sequence is query, key and value, this is self-attention; if key and value come from another,
it is cross-attention. Beware of the mask: shapes line up from the right, so beside scores
(batch, h, n, n) the batch axis of a mask (batch, 1, n) is lined up with the heads. It needs an axis
of length 1 in their place. Without one, where batch equals h, nothing complains, and head i of
every sequence works with the mask of sequence i.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade multi_head_attention        (stuck? grader hint multi_head_attention)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    """Attend with several heads at once, each with learned views of its own.

    Parameters
    ----------
    query : (..., n_query, d)
        One vector for each position that asks.
    key : (..., n_key, d)
        One vector for each position that can be found.
    value : (..., n_key, d)
        What the position of each key has to offer.
    params : dict
        `w_query`, `w_key`, `w_value` and `w_output`, each (d, d), and `b_query`, `b_key`,
        `b_value` and `b_output`, each (d,).
    num_heads : int
        The number of heads h; d must be divisible by it, or split_heads raises a ValueError.
    mask : bool (..., n_query, n_key) or None
        True where a query may attend to a key, the same for every head; any shape of two axes or
        more that broadcasts to this one.

    Returns
    -------
    output : (..., n_query, d)
        What the heads found, side by side and projected; of the dtype of `query`. A query that may
        attend to nothing gets `b_output`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.2. The paper has no biases here; most code has.
    """
    raise NotImplementedError
