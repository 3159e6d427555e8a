"""Sparse attention: a chosen few of all pairs, and no time or memory for the others.

Neighbours alone are too few where something far away matters. A sparse pattern names which pairs
of positions are looked at. The strided one of the Sparse Transformer is causal and has two parts:

    strided_mask[i, j]  =  j <= i  and  (i - j < stride  or  (i - j) % stride == 0)

    stride 3, position 7:    local part 5, 6, 7    strided part 1, 4, 7    together 1, 4, 5, 6, 7

Two layers reach everything before: whole strides ahead in one, the rest in the other. But a mask
saves nothing: all n · n scores are there before it hides most of them. What saves is to name whole
blocks, which are small products of matrices, and to compute no others. The text is cut into blocks
of block_size, and a layout of truths says which block of queries sees which block of keys:

    layout[i, j]: block i of the queries sees block j of the keys, all of it

    block_size 2, layout [[1, 0], [1, 1]], queries of zeros, values [4], [8], [0], [4]
    queries 0 and 1 see keys 0, 1:           weights 1/2 each    output 6
    queries 2 and 3 see keys 0, 1, 2, 3:     weights 1/4 each    output 4

One softmax goes over all the keys that a query sees, whichever blocks they are in. Inside of a
block nothing is masked. Queries whose row of the layout is empty see nothing: they get zeros.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade sparse_attention        (stuck? grader hint sparse_attention)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    """Say which positions see which in the causal strided pattern.

    Parameters
    ----------
    n : int
        How many positions there are.
    stride : int
        How many positions the local part has, i itself included, and how far apart those of the
        strided part are. 1 or more.

    Returns
    -------
    mask : bool (n, n)
        True where position i, the row, sees position j.

    Notes
    -----
    Child et al. 2019, section 4.3; its two heads together.
    """
    raise NotImplementedError


def block_sparse_attention(query, key, value, block_size, layout):
    """Let blocks of queries attend to the blocks of keys that are named for them.

    Parameters
    ----------
    query, key : (..., n, d_k)
        One vector for each position.
    value : (..., n, d_v)
        What each position hands over.
    block_size : int
        How many positions a block has; n is a multiple of it.
    layout : bool (blocks, blocks)
        layout[i, j]: the queries of block i see all keys of block j.

    Returns
    -------
    output : (..., n, d_v)
        Weighted sums of the values that are seen; zeros where none is. The memory that it takes
        grows with the blocks that are named.

    Notes
    -----
    Child et al. 2019, section 5.4; scaled by 1 / sqrt(d_k).
    """
    raise NotImplementedError
