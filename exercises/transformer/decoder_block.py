"""Decoder block: write the next word, knowing the words so far and what the encoder has read.

A decoder writes a sequence, the target, word by word. It can look at a second sequence, the
encoder's output, called the memory. Its block has three parts, each with add & norm. First the
target looks at itself. It is shifted by one place, with a start symbol in front: position i holds
word i - 1 and guesses word i, and a causal mask hides all positions after i. Then the target looks
at the memory, all of it: queries come from the target, keys and values from the memory. In this
cross-attention the two sequences meet, and nowhere else. Feed-forward comes last.

    y      = norm_1(x + self_attention(x, x, x))               x: query, key and value
    z      = norm_2(y + cross_attention(y, memory, memory))    y asks, the memory answers
    output = norm_3(z + feed_forward(z))

    x, y, z, output  (..., n, d)         self_mask    (..., n, n)         None: causal
    memory           (..., n_memory, d)  memory_mask  (..., n, n_memory)  None: all may be seen

    x = [[4, 0], [0, 2]], memory = [[0, 4], [0, 2]]; one head; w_query all 0; w_value, w_output
    identity matrices. Self-attention, row 0 sees itself, row 1 half of both:  [[4, 0], [2, 1]]
        ->  sum [[8, 0], [2, 3]]   ->  y = [[1, -1], [-1, 1]]   (the norm of two numbers)
    cross-attention, both rows see half of both:  [[0, 3], [0, 3]]
        ->  sum [[1, 2], [-1, 4]]  ->  z = [[-1, 1], [-1, 1]]
    All biases are 0. If feed-forward returns zeros, norm_3 finds nothing to change: output = z.

A given self_mask takes the place of the causal one. Source: Vaswani et al. 2017, section 3.1.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade decoder_block        (stuck? grader hint decoder_block)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

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
        Of the shape and dtype of `x`. At a position that may attend to nothing, an attention
        returns its `b_output`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.1 and the right half of figure 1.
    """
    raise NotImplementedError
