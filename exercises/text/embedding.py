"""Embedding: each token is a row of a table, on the way in and on the way out.

An id is only a name: 104 is not "one more" than 103. So a model keeps a table (V, d) with a row of
d numbers for each of its V tokens, its vocabulary. To embed a text is to look up the rows of its
ids. Training moves the rows, until tokens that are used alike have rows that are alike.

On the way out, the model has made a vector x for what should come next. Its dot product with each
row says how well each token fits: V numbers, called logits. Many models use one and the same table
for both, which is then called tied.

    logits_j = sum over k of x_k table_jk

    table = [[1, 0], [0, 2], [1, 1]]             three tokens, two features
    embed([2, 0])      =  [[1, 1], [1, 0]]
    unembed([[3, 1]])  =  [[3, 2, 4]]            token 2 fits best

    ids     (..., n)       integers from 0 to V - 1
    x       (..., n, d)    a vector for each position
    logits  (..., n, V)    a number for each position and each token; no softmax yet

An id that is not in the table is an error. NumPy finds one that is too large, and raises an
IndexError; but it reads -1 as the last row, and nobody hears of the mistake.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade embedding        (stuck? grader hint embedding)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def embed(ids, table):
    """Look up the vector of every id.

    Parameters
    ----------
    ids : int (..., n)
        A text, or several, as ids.
    table : (V, d)
        A row for each token of the vocabulary.

    Returns
    -------
    x : (..., n, d)
        The rows as they are, with no factor.

    Raises
    ------
    IndexError
        An id is below 0, or V or more.
    """
    raise NotImplementedError


def unembed(x, table):
    """Score every token of the vocabulary at every position.

    Parameters
    ----------
    x : (..., n, d)
        What a model has made for each position.
    table : (V, d)
        The table that ids were embedded with.

    Returns
    -------
    logits : (..., n, V)
        The dot product of each vector with each row of the table.

    Notes
    -----
    Source: Press and Wolf 2017, on tied embeddings.
    """
    raise NotImplementedError
