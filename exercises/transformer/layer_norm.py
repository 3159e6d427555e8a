"""Layer norm: every vector is brought to the same size.

Add up the outputs of layer after layer and the numbers drift: some vectors grow, others shrink,
and the next layer has to cope with all of them. Layer norm sends each vector back to a common
size. It subtracts the mean of its d features and divides by their standard deviation, so that
afterwards the mean is 0 and the variance 1. What is kept is the pattern: which features are above
the mean, which below, and by how much compared with the others.

    mean       = (sum of the d features) / d
    variance   = (sum of (feature - mean) ** 2) / d
    normalised = (x - mean) / sqrt(variance + eps)
    result     = gain * normalised + bias

    [1, 1, 5, 5]:   mean 3, variance 4   ->   [-1, -1, 1, 1]   (eps aside)
    with gain [1, 1, 2, 2] and bias [0, 0, 3, 3]   ->   [-1, -1, 5, 5]

    x               (..., n, d)   any leading axes, or none: each vector is on its own
    mean, variance  (..., n, 1)   two numbers per vector
    gain, bias      (d,)          learned, and shared by all positions

No vector knows of the others: the same word gives the same result in a batch of one or of a
thousand. The small eps stands inside the root. It keeps a vector of equal numbers from being
divided by 0, and such a vector comes out as the bias.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade layer_norm        (stuck? grader hint layer_norm)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    """Normalise each vector over its features, then scale and shift every feature.

    Parameters
    ----------
    x : (..., d)
        Vectors, with any leading axes.
    gain : (d,)
        What each normalised feature is multiplied by.
    bias : (d,)
        What is added to each feature after that.
    eps : float
        Added to the variance, inside the root.

    Returns
    -------
    result : (..., d)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Ba, Kiros and Hinton 2016, section 3.
    """
    raise NotImplementedError
