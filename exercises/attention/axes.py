"""Axes: a warm-up in five lines of NumPy, one for each slip that later exercises invite.

A sentence of n words is a table (n, d): a row for each word, and in it d numbers, its features.
Several sentences make a stack of tables, (batch, n, d). Functions of this course take all of
these: (..., n, d), where `...` is any number of axes in front, also none. So count axes from the
end: -1 is the features and -2 the words, whatever stands in front.

NumPy lines shapes up from the right, and stretches an axis of length 1. A sum loses the axis that
it runs along; with keepdims=True it stays, of length 1, and the result lines up with x again.

    x = [[1, 1, 2],    x.sum(axis=-1)                 (2,)     [4, 10]       x / it: refused
         [2, 3, 5]]    x.sum(axis=-1, keepdims=True)  (2, 1)   [[4], [10]]   x / it: by rows

    shares(x)  =  [[1/4, 1/4, 2/4], [2/10, 3/10, 5/10]]

An axis of length 1 is also how pairs are made: x[..., None] puts one at the end. A column (n, 1)
minus a row (1, m) is a table (n, m) of everything on the left with everything on the right.

Two more habits. An array that you are given belongs to somebody else: `x -= 1` changes it for
them, `x - 1` makes a new one. And float32 should stay float32, which takes half the memory. A
Python number leaves it alone; a NumPy number of another type, such as np.sqrt(3), does not.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade axes        (stuck? grader hint axes)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# In a shape, `...` means any number of axes in front, also none. These batch axes hold separate
# problems of the same kind, so count axes from the end: -1 is the last. reshape takes no `...`:
# write `x.reshape(*x.shape[:-1], 2, 3)`. In a formula, `x w` is the matrix product `x @ w`. You may
# add helper functions, and imports from NumPy and the standard library. Prints and warnings cost
# nothing.
#
# Later exercises can import this one: `from exercises.attention.axes import shares` takes your own
# shares, from this file.

import numpy as np


def shares(x):
    """Divide every number by the sum of its row.

    Parameters
    ----------
    x : (..., n)
        Numbers above 0.

    Returns
    -------
    shares : (..., n)
        Every row sums to 1.
    """
    raise NotImplementedError


def centre(x):
    """Subtract from every feature its mean over the words of the sentence.

    Parameters
    ----------
    x : (..., n, d)
        Sentences of n words with d features.

    Returns
    -------
    centred : (..., n, d)
        In every sentence, each feature has the mean 0.
    """
    raise NotImplementedError


def swap_last_two(x):
    """Exchange the last two axes: rows become columns.

    Parameters
    ----------
    x : (..., n, m)
        Tables.

    Returns
    -------
    swapped : (..., m, n)
        Entry (j, i) is entry (i, j) of x.
    """
    raise NotImplementedError


def pair_differences(left, right):
    """Subtract every number on the right from every number on the left.

    Parameters
    ----------
    left : (..., n)
        Rows of numbers.
    right : (..., m)
        As many rows, perhaps of another length.

    Returns
    -------
    differences : (..., n, m)
        Entry (i, j) is left i minus right j, for each pair of rows.
    """
    raise NotImplementedError


def divide_by_root(x):
    """Divide all numbers by the square root of d, the length of the last axis.

    Parameters
    ----------
    x : (..., d)
        Vectors.

    Returns
    -------
    scaled : (..., d)
        Of the shape and the dtype of x.
    """
    raise NotImplementedError
