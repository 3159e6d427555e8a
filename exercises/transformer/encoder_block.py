"""Encoder block: attention, then feed-forward, and each is added to what was there before.

All the parts meet here. Attention lets the positions look at each other; feed-forward lets each of
them work on what it saw. Each part is followed by add & norm: neither replaces the vectors, and the
numbers do not grow from block to block.

    y      = norm_1(x + attention(x))         x is query, key and value
    output = norm_2(y + feed_forward(y))      y, no longer x

    x, y, output  (..., n, d)   the shape never changes: that is why blocks can be stacked
    mask          (..., n, n)   or any shape of two axes or more that broadcasts to it
    params        {"attention": {"w_query": ..., ...}, "feed_forward": {"w_in": ..., ...},
                   "norm_1": {"gain": ..., "bias": ...}, "norm_2": ...}     dicts in a dict

    x = [[4, 0], [0, 2]]; w_query all 0, so all weights 1/2; w_value, w_output, w_in identity
    matrices; w_out = [[0, 5], [0, 0]]; one head, relu, gains 1, all biases 0. Eps aside, the norm
    of two unequal numbers is then [-1, 1] or [1, -1].
    attention [[2, 1], [2, 1]]      ->  sum [[6, 1], [2, 3]]   ->  y = [[1, -1], [-1, 1]]
    feed-forward [[0, 5], [0, 0]]   ->  sum [[1, 4], [-1, 1]]  ->  output [[-1, 1], [-1, 1]]

A position that may attend to nothing gets nothing from attention but b_output. It still has its own
vector, through the residual connection, and nothing in the block may become nan.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade encoder_block        (stuck? grader hint encoder_block)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    """Let the positions of a sequence attend to each other, then work on each of them.

    Parameters
    ----------
    x : (..., n, d)
        A sequence of n vectors, with any leading batch axes.
    params : dict
        `attention`, `norm_1`, `feed_forward` and `norm_2`: dicts with the parameters of each part,
        keys as in multi_head_attention and feed_forward; those of a norm are `gain` (d,) and
        `bias` (d,).
    num_heads : int
        The number of heads; d must be divisible by it.
    mask : bool (..., n, n) or None
        True where a position may attend to another; any shape of two axes or more that broadcasts
        to this one.
    activation : str
        What stands inside the feed-forward part: "relu" or "gelu".
    eps : float
        The eps of both norms.

    Returns
    -------
    output : (..., n, d)
        Of the shape and dtype of `x`. At a position that may attend to nothing, attention returns
        `b_output`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.1 and the left half of figure 1.
    """
    raise NotImplementedError
