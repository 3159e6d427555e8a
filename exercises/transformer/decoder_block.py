"""Decoder block: write the next word, knowing the words so far and what the encoder has read.

A decoder writes a sequence word by word, with another one before its eyes that an encoder has read:
the memory. Its block has three parts, each with add & norm. First it looks at what is written, and
only at that: in training the whole target is there at once, and a causal mask keeps each position
from copying the word it is to guess. Then it looks at the memory, all of it: queries come from the
target, keys and values from the memory. In this cross-attention the two sequences meet, and nowhere
else. Feed-forward comes last.

    y      = norm_1(x + self_attention(x, x, x))               x: query, key and value
    z      = norm_2(y + cross_attention(y, memory, memory))    y asks, the memory answers
    output = norm_3(z + feed_forward(z))

    x, y, z, output  (..., n, d)         self_mask    (..., n, n)         None: causal
    memory           (..., n_memory, d)  memory_mask  (..., n, n_memory)  None: all may be seen

    x = [[4, 0], [0, 2]], memory = [[0, 4], [0, 2]]; w_query all 0; w_value, w_output the identity
    self-attention, row 0 sees itself, row 1 half of both:  [[4, 0], [2, 1]]
        ->  sum [[8, 0], [2, 3]]   ->  y = [[1, -1], [-1, 1]]   (the norm of two numbers)
    cross-attention, both rows see half of both:  [[0, 3], [0, 3]]
        ->  sum [[1, 2], [-1, 4]]  ->  z = [[-1, 1], [-1, 1]]
    All biases are 0. If feed-forward returns zeros, norm_3 finds nothing to change: output = z.

A given self_mask takes the place of the causal one. Source: Vaswani et al. 2017, section 3.1.
"""

# Every function leaves its arguments as they came and, unless its docstring says otherwise, gives
# back the floating dtype that it was given: float32 in, float32 out.

import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    """Let a target look at its own past and at a memory, then work on each of its positions.

    Parameters
    ----------
    x : (..., n, d)
        The target, n vectors, with any leading batch axes.
    memory : (..., n_memory, d)
        What the encoder made of the source, with the same batch axes; of any length.
    params : dict
        `self_attention` and `cross_attention`, dicts with the keys that multi_head_attention takes;
        `feed_forward`, a dict with `w_in`, `b_in`, `w_out` and `b_out`; and `norm_1`, `norm_2` and
        `norm_3`, dicts with `gain` and `bias`.
    num_heads : int
        The number of heads of both attentions; d must be divisible by it.
    self_mask : bool (..., n, n) or None
        True where a position of the target may attend to another; any shape of two axes or more
        that broadcasts to this one. None means causal: to itself and to all before it.
    memory_mask : bool (..., n, n_memory) or None
        True where a position of the target may attend to one of the memory; any shape of two axes
        or more that broadcasts to this one. None allows all.
    activation : str
        What stands inside the feed-forward part: "relu" or "gelu".
    eps : float
        The eps of all three norms.

    Returns
    -------
    output : (..., n, d)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.1 and the right half of figure 1.
    """
    raise NotImplementedError
