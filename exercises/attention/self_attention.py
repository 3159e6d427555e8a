"""Self-attention: a sequence looks up what it needs in itself.

Query, key and value need not come from three places. In self-attention they are three views of the
same vectors, made by three learned matrices: what a position asks for, what it can be found by, and
what it hands over. So "it" may find the noun that it stands for, although the two words are alike
in nothing: w_query and w_key decide what counts as alike.

    Q = x w_query      K = x w_key      V = x w_value
    self_attention(x) = softmax(Q K^T / sqrt(d_k)) V

    x        (..., n, d)      w_query, w_key  (d, d_k)
    Q, K     (..., n, d_k)    w_value         (d, d_v)
    V        (..., n, d_v)    output          (..., n, d_v)

    x = [[1, 0], [0, 1]]   w_query = [[ln 3], [0]]   w_key = [[1], [0]]   w_value = [[4], [8]]
    Q = [[ln 3], [0]]   K = [[1], [0]]   V = [[4], [8]]   scores [[ln 3, 0], [0, 0]], d_k = 1
    weights [[3/4, 1/4], [1/2, 1/2]]   ->   output [[5], [6]]

The scale is the root of d_k, the width of Q and K. It is not the width of x: the dot products never
see x itself. Formula: Vaswani et al. 2017, section 3.2.1, with the projections of section 3.2.2.

Without a mask, exchange two words and their outputs change places too, and nothing else changes:
unless positions are in the vectors, self-attention cannot tell one order from another.
"""

# Every function leaves its arguments as they came and, unless its docstring says otherwise, gives
# back the floating dtype that it was given: float32 in, float32 out.

import numpy as np

from exercises.attention.attention import attention


def self_attention(x, w_query, w_key, w_value, mask=None):
    """Let every position of a sequence attend to the positions of the same sequence.

    Parameters
    ----------
    x : (..., n, d)
        A sequence of n vectors, with any leading batch axes.
    w_query : (d, d_k)
        Makes of a vector what it asks for.
    w_key : (d, d_k)
        Makes of a vector what it can be found by.
    w_value : (d, d_v)
        Makes of a vector what it hands over.
    mask : bool (..., n, n) or None
        True where a position may attend to another; any shape of two axes or more that broadcasts
        to this one.

    Returns
    -------
    output : (..., n, d_v)
        Of the dtype of `x`; zeros for a position that may attend to nothing.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.3, on self-attention in the encoder.
    """
    raise NotImplementedError
