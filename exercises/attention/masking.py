"""Masking: some keys are not to be seen.

Left alone, every query looks at every key. A model that learns to guess the next word could simply
read it from the next position; and a batch holds sentences of different lengths in one array,
where the short ones end in padding that means nothing. A mask says which keys each query may look
at: one row for each query, one column for each key, True (here T) = may look, or "may attend".

    causal, n = 3          padding, lengths [3, 1], n = 3
    query 0   T . .        sequence 0   T T T
    query 1   T T .        sequence 1   T . .
    query 2   T T T

    causal mask   (n, n)                  the same for every sequence
    padding mask  (batch, 1, n)           one row serves all queries of its sequence
    scores        (..., n_query, n_key)   a mask broadcasts to this shape

The mask works on the scores, before the softmax. There -inf stands for "never": exp(-inf) is
exactly 0, and the keys that are left share the whole 1 among themselves.

    [0, ln 3, 5] without the last key  ->  [1, 3, 0] / 4  =  [0.25, 0.75, 0]

And a query that may attend to nothing at all? The formula would divide 0 by 0, and in your softmax
the shift is nan already: -inf - -inf. Its weights are to be zeros: it gathers nothing, and puts no
nan into later steps.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade masking        (stuck? grader hint masking)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.attention.softmax import softmax


def causal_mask(n):
    """Let every position attend to itself and to all before it.

    Parameters
    ----------
    n : int
        The length of the sequence.

    Returns
    -------
    mask : bool (n, n)
        True where query i may attend to key j, that is where j <= i.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.3, on self-attention in the decoder.
    """
    raise NotImplementedError


def padding_mask(lengths, n):
    """Let all queries of a sequence attend to its real keys, and not to the padding after them.

    Parameters
    ----------
    lengths : int (batch,)
        How many of the n keys are real, in each sequence: from 0 to n.
    n : int
        The length to which all sequences are padded.

    Returns
    -------
    mask : bool (batch, 1, n)
        True for the first `lengths[b]` keys of sequence b; one row, which broadcasts over queries.

    Notes
    -----
    Vaswani et al. 2017, section 5.1, put sentences of about the same length into one batch. In this
    course, what still differs is padded and masked.
    """
    raise NotImplementedError


def masked_softmax(scores, mask=None):
    """Turn scores into weights over the keys that may be attended to.

    Parameters
    ----------
    scores : (..., n_query, n_key)
        Any finite numbers.
    mask : bool (..., n_query, n_key) or None
        True where a query may attend to a key; any shape of two axes or more that broadcasts to
        that of `scores`. None allows everything.

    Returns
    -------
    weights : (..., n_query, n_key)
        Of the shape and dtype of `scores`. Rows sum to 1; one without any allowed key is all 0.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.3, which sets forbidden scores to minus infinity.
    """
    raise NotImplementedError
