"""T5: every task is text to text, and what counts is how far apart two tokens are.

T5 adds no positions to its tokens. Each head adds to the score of a query and a key a number that
it has learned for the distance between them, key minus query. There is not one for each distance,
but for each of num_buckets buckets: half of them for keys before the query and at its own place,
the upper half for keys after it. Of each half, one half again is exact, a bucket for each distance;
the rest grow wider, in equal steps of the logarithm, and from max_distance on all share the last.

    half = num_buckets // 2,   exact = half // 2,   size = |distance|
    size < exact:  size        else:  exact + floor(log(size / exact) / log(max_distance / exact)
                                                    · (half - exact)),   at most half - 1
    and half more where the distance is above 0

    32 buckets up to 128, so half = 16, exact = 8:   -5 -> 5,   5 -> 21
    -20 -> 8 + floor(0.916 / 2.773 · 8) = 8 + floor(2.64) = 10,   20 -> 26,   -128 and -900 -> 15

It learns by filling gaps, as BERT does, but of whole spans. In the inputs one sentinel, a token
that stands for a gap, takes the place of each span, however long. The targets hold what was there:
each sentinel, then its span, and at the end the next sentinel, to say that no more will come.
Sentinels count down from first_sentinel.

    ids [11, 12, 13, 14, 15, 16], starts [1, 4], lengths [2, 1], first_sentinel 99
    inputs  [11, 99, 14, 98, 16]         targets [99, 12, 13, 98, 15, 97]
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade t5        (stuck? grader hint t5)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), unless a docstring says otherwise.

import numpy as np


def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    """Sort distances into buckets, fine near the query and coarse far from it.

    Parameters
    ----------
    distance : int (...)
        Key minus query, in any shape: negative where the key stands before the query.
    num_buckets : int
        How many buckets there are, 4 or more.
    max_distance : int
        The size from which on all distances of one sign share a bucket; half of num_buckets or
        more.

    Returns
    -------
    bucket : int (...)
        From 0 to num_buckets - 1.

    Notes
    -----
    Source: Raffel et al. 2020, section 2.1, and the code published with it, for an encoder.
    """
    raise NotImplementedError


def span_corruption(ids, starts, lengths, first_sentinel):
    """Cut spans out of a text, and make the targets of them.

    Parameters
    ----------
    ids : int (n,)
        A text.
    starts : int (spans,)
        Where each span begins, in ascending order; between two there is at least one token.
    lengths : int (spans,)
        How many tokens each span has, 1 or more.
    first_sentinel : int
        The sentinel of the first span; those of the next count down from it.

    Returns
    -------
    inputs : int (n_input,)
        The text with a sentinel in the place of each span.
    targets : int (n_target,)
        Each sentinel and its span, and one more sentinel.

    Notes
    -----
    Source: Raffel et al. 2020, section 3.1.4 and figure 2.
    """
    raise NotImplementedError
