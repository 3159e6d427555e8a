"""Feed-forward: each position processes what attention has gathered for it.

Attention moves information between positions; here every position works on its own. Its vector is
widened from d to f features, each goes through an activation, and the result is brought back to d.
In the 2017 paper d is 512 and f 2048, which makes two thirds of an encoder block's weights.

    feed_forward(x) = activation(x w_in + b_in) w_out + b_out

    x     (..., n, d)      w_in   (d, f)    b_in   (f,)
    wide  (..., n, f)      w_out  (f, d)    b_out  (d,)

    x = [[1, -1]], w_in = [[1, 0, 2], [0, 1, 1]], b_in = [0, 0, 0]  ->  wide [[1, -1, 1]]
    relu [[1, 0, 1]], w_out = [[1, 0], [5, 5], [0, 2]]  ->  [[1, 2]], b_out = [0, 3]  ->  [[1, 5]]

Without the activation the two layers would be one, because a product of two matrices is a matrix.
The activation lets a feature be 0 for most inputs and respond to some. This course uses two:

    relu(x) = max(x, 0)                                   a gate, open or shut
    gelu(x) = x * Phi(x), Phi(x) = (1 + erf(x / sqrt(2))) / 2
    x       -2      -1       0       1       2
    relu     0       0       0       1       2
    gelu  -0.046  -0.159     0     0.841   1.954

Phi(x), the chance that a standard normal number falls below x, is a gate that opens gradually.
erf, the error function, is in Python's math module: it takes one number.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade feed_forward        (stuck? grader hint feed_forward)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def relu(x):
    """Keep what is positive and put 0 in place of the rest.

    Parameters
    ----------
    x : (...)
        Numbers, in an array of any shape.

    Returns
    -------
    activated : (...)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.3, where it stands as max(0, ...).
    """
    raise NotImplementedError


def gelu(x):
    """Multiply each number by the chance that a standard normal number falls below it.

    Parameters
    ----------
    x : (...)
        Numbers, in an array of any shape.

    Returns
    -------
    activated : (...)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Hendrycks and Gimpel 2016, section 2; the exact form, to full float64 precision, not one
    of its approximations.
    """
    raise NotImplementedError


def feed_forward(x, params, activation="relu"):
    """Widen every vector, activate its features, and bring it back to its width.

    Parameters
    ----------
    x : (..., n, d)
        A sequence of n vectors, with any leading batch axes.
    params : dict
        `w_in` (d, f), `b_in` (f,), `w_out` (f, d), `b_out` (d,).
    activation : str
        What stands between the two layers: "relu" or "gelu".

    Returns
    -------
    output : (..., n, d)
        Of the shape and dtype of `x`.

    Raises
    ------
    ValueError
        `activation` is neither of the two.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.3; with gelu as in Devlin et al. 2018, appendix A.2.
    """
    raise NotImplementedError
