"""Encoder block: attention, then feed-forward, and each is added to what was there before.

All the parts meet here. Attention lets the positions look at each other; feed-forward lets each of
them work on what it saw. Neither replaces the vectors. What a part returns is added to what went
into it, the residual connection, so a part that has learned nothing yet does little harm, and
gradients find a straight way through a tall stack. Layer norm follows each sum and keeps the
numbers from growing with every block.

    y      = norm_1(x + attention(x))         x is query, key and value
    output = norm_2(y + feed_forward(y))      y, no longer x

    x, y, output  (..., n, d)   the shape never changes: that is why blocks can be stacked
    mask          (..., n, n)   or anything that broadcasts to it
    params        {"attention": ..., "norm_1": ..., "feed_forward": ..., "norm_2": ...}

This order, first add and then normalise, is the one of 2017, called post-norm. GPT-2 and most
models after it normalise the input of each part instead (pre-norm), which is easier to train.

A position that may attend to nothing gets nothing from attention but its output bias. It still has
its own vector, through the residual connection, and nothing in the block may become nan. If you
write the attention anew instead of importing yours, remember that the mask needs an axis where the
scores have their heads, and that exp of a large score is infinite.
"""

import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


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
        True where a position may attend to another; any shape that broadcasts to this one.
    activation : str
        What stands inside the feed-forward part: "relu" or "gelu".
    eps : float
        The eps of both norms.

    Returns
    -------
    output : (..., n, d)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.1 and the left half of figure 1.
    """
    raise NotImplementedError
