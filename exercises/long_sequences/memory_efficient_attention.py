"""Memory-efficient attention: exactly full attention, with a few of its scores at a time.

Softmax divides by a sum over all keys, so it seems to need all scores of a query at once. Online
softmax does not. It goes through the keys in blocks of block_size, and keeps three things for each
query: the largest score so far, the sum of exponentials, and the sum of values weighted by them.

    top = -inf, total = 0, mixed = 0, and then for each block of keys, with its scores:
        new    = max(top, largest of scores)          kept = exp(top - new)
        total  = kept · total + sum of exp(scores - new)
        mixed  = kept · mixed + exp(scores - new) · values of the block          top = new
    output = mixed / total

What was added up earlier was measured from the old maximum. `kept` measures it from the new one.

    scores 0, ln 2 | ln 4 in two blocks, values [4], [10] | [1]
    block 1:  top ln 2,  exponentials 1/2, 1              total 3/2,           mixed 2 + 10 = 12
    block 2:  top ln 4,  kept 1/2,  exponential 1         total 3/4 + 1 = 7/4, mixed 6 + 1 = 7
    output 7 / (7/4) = 4                       all at once: (1 · 4 + 2 · 10 + 4 · 1) / 7 = 4

Scores are divided by sqrt(d_k), as ever. The last block may be shorter. Causal, position i sees the
keys up to its own; a block of which it sees nothing adds 0. Held at one time are n · block_size
scores: memory grows with n, and not with its square. FlashAttention computes in this way.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade memory_efficient_attention        (stuck? grader hint memory_efficient_attention)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def memory_efficient_attention(query, key, value, block_size, causal=False):
    """Work out full attention, block of keys by block of keys.

    Parameters
    ----------
    query, key : (..., n, d_k)
        One vector for each position.
    value : (..., n, d_v)
        What each position hands over.
    block_size : int
        How many keys a block has: 1 or more, and perhaps more than there are.
    causal : bool
        Whether a position sees itself and those before it only.

    Returns
    -------
    output : (..., n, d_v)
        What full attention returns. The memory that it takes grows with n, and not with its square.

    Notes
    -----
    Milakov and Gimelshein 2018; Rabe and Staats 2021; scaled by 1 / sqrt(d_k).
    """
    raise NotImplementedError
