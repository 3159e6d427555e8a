"""Feed-forward: each position thinks over what attention has gathered for it.

Attention moves information between positions; after that every position works on its own. Its
vector is widened from d to f features, each of them is passed through an activation, and the
result is brought back to d. In the 2017 paper d is 512 and f is 2048, and so two thirds of an
encoder block's weights are here.

    feed_forward(x) = activation(x w_in + b_in) w_out + b_out

    x      (..., n, d)            w_in   (d, f)    b_in   (f,)
    wide   (..., n, f)            w_out  (f, d)    b_out  (d,)

Without the activation the two layers would be one, for a product of two matrices is a matrix. The
activation lets a feature stay silent until something calls it. Two are in use:

    relu(x) = max(x, 0)                                   a gate, open or shut
    gelu(x) = x Phi(x),   Phi(x) = (1 + erf(x / sqrt 2)) / 2

    x       -2      -1       0       1       2
    relu     0       0       0       1       2
    gelu  -0.046  -0.159     0     0.841   1.954

Phi(x) is the probability that a standard normal number falls below x. So gelu multiplies x by a
gate that opens gradually, and differs from relu only around 0. Python has erf in its math module.
"""

# Every function leaves its arguments as they came and, unless its docstring says otherwise, gives
# back the floating dtype that it was given: float32 in, float32 out.

import math

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
    """Multiply every number by the probability that a standard normal one is smaller.

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
