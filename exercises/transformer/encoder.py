"""Encoder: a stack of blocks, each of which reads what the one below has written.

One block lets every position look at every other once. A word may depend on another whose own
meaning must be found first, so one look is not enough: the paper stacks six blocks. They are alike
in form and differ in what they have learned, so each has parameters of its own.

    x_0 = x,   x_1 = block_1(x_0),   ...,   x_N = block_N(x_(N-1))        the result is x_N

    x, result  (..., n, d)   a block keeps the shape, and so does any number of them
    blocks     a list of N parameters of encoder blocks, the first one first; N may be 0
    mask       (..., n, n)   or any shape of two axes or more that broadcasts to it

    Take the block of the encoder_block lesson. It made [[-1, 1], [-1, 1]] of [[4, 0], [0, 2]]. Let
    a second one be like it, but with w_out = [[0, 0], [5, 0]]. In both rows it finds
    attention [-1, 1]  ->  sum [-2, 2]  ->  y = [-1, 1]  ->  feed-forward [5, 0]  ->  sum [4, 1]
    and so the encoder's result is [[1, -1], [1, -1]].

The mask goes to every block, not just to the first: hiding the padding in one block does not remove
it, and the next block would see it again. A stack of no blocks returns x.

Post-norm blocks end in a norm, so nothing more follows the last one. Stacks of pre-norm blocks
need a norm at their end, which is why libraries offer one. The stack is described in Vaswani et al.
2017, section 3.1.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade encoder        (stuck? grader hint encoder)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.transformer.encoder_block import encoder_block


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    """Pass a sequence through a stack of encoder blocks.

    Parameters
    ----------
    x : (..., n, d)
        A sequence of n vectors, with any leading batch axes.
    blocks : list
        The parameters of each block, as encoder_block takes them, in the order of their use.
    num_heads : int
        The number of heads in every block; d must be divisible by it.
    mask : bool (..., n, n) or None
        True where a position may attend to another, the same in every block; any shape of two axes
        or more that broadcasts to this one.
    activation : str
        What stands inside the feed-forward parts: "relu" or "gelu".
    eps : float
        The eps of all norms.

    Returns
    -------
    output : (..., n, d)
        Of the shape and dtype of `x`; without blocks, `x` itself.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.1.
    """
    raise NotImplementedError
