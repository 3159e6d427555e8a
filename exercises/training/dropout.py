"""Dropout: some numbers become zero, so that none can be relied upon.

During training, each number of a layer is set to 0 with the probability `rate`, anew in every step.
So no unit can count on a certain other one to be there, and what is learned is spread over many.
In the transformer it acts on the attention weights and on what every sub-layer adds to its input.

Which ones are dropped is decided by draws from [0, 1), one for each number:

    kept where  draw >= rate         (0.999 is hardly ever dropped)

What is kept is divided by 1 - rate. So the mean stays, on average, what it was without dropout, and
nothing has to be done when the model is used: it simply leaves dropout out.

    x      = [1, 2, 3, 4]      rate = 0.5, so what is kept is divided by 0.5
    draws  = [0.1, 0.6, 0.3, 0.9]
    ->       [0, 4, 0, 8]

With rate 0 everything is kept, as it is. With rate 1 everything is dropped, and nothing may be
divided then, because 1 - rate is 0. A rate below 0 or above 1 makes no sense: ValueError. The draws
are an argument here, so that results can be checked. A program takes new ones for every call.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade dropout        (stuck? grader hint dropout)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def dropout(x, draws, rate):
    """Set some numbers to 0, and scale the others up.

    Parameters
    ----------
    x : (...)
        Any numbers.
    draws : (...)
        From [0, 1), of the shape of x.
    rate : float
        The probability with which a number is dropped.

    Returns
    -------
    y : (...)
        0 where a draw is below the rate, elsewhere x / (1 - rate); zeros if the rate is 1.

    Raises
    ------
    ValueError
        The rate is below 0 or above 1.

    Notes
    -----
    Srivastava et al. 2014, in the form that scales while training (inverted dropout).
    """
    raise NotImplementedError
