"""Gradient clipping: a step may not be longer than so much, whatever one batch says.

A gradient tells every weight which way to go. Now and then one batch gives a gradient that is a
thousand times as long as usual, and a single step of that length throws away what was learned. So
before each step all gradients together are looked at as one long vector. If it is too long, every
number of it is multiplied by the same factor: the step is shorter, and goes the same way.

    norm    =  sqrt(sum of the squares of all numbers of all arrays)
    factor  =  min(1, max_norm / (norm + 1e-6))

    grads = {"w": [[3, 0], [0, 0]], "b": [4]}    norm = sqrt(9 + 16) = 5
    max_norm = 2.5  ->  factor 0.5  ->  {"w": [[1.5, 0], [0, 0]], "b": [2]}
    max_norm = 10   ->  factor 1    ->  nothing changes

    grads   a dict: name of a parameter -> its gradient, of any shape

The norm is one for the whole model. With a norm for each array, the arrays would be shortened by
different factors, and the step would point elsewhere; so it does when each number is cut off by
itself. The 1e-6, which PyTorch has too, is for gradients of nothing but zeros.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade gradient_clipping        (stuck? grader hint gradient_clipping)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def global_norm(grads):
    """Return the length of all gradients together, as one long vector.

    Parameters
    ----------
    grads : dict of arrays
        One gradient for each parameter, of any shape.

    Returns
    -------
    norm : number
        The root of the sum of all squares.
    """
    raise NotImplementedError


def clip_by_global_norm(grads, max_norm):
    """Shorten all gradients by one factor, if together they are longer than `max_norm`.

    Parameters
    ----------
    grads : dict of arrays
        One gradient for each parameter, of any shape.
    max_norm : float
        Above 0.

    Returns
    -------
    clipped : dict of arrays
        The same keys, shapes and float types. What came in `grads` is left as it was.
    """
    raise NotImplementedError
