"""The principal axis: in which direction points lie apart the most.

It is the eigenvector of their covariance with the largest eigenvalue: of length 1, and either way
round.
"""

import numpy as np

from grader.exercise import Exercise, inputs

exercise = Exercise(
    hints=[
        "Which matrix says how far apart points lie, and along which directions?",
        "np.linalg.eigh has the eigenvalues in order, and the vectors as columns.",
    ],
    check_dtype=False,
)


@exercise.reference
def principal_axis(points):
    """Find the direction in which points lie apart the most.

    Returns
    -------
    axis : (d,)
        Of length 1. Either way round is right.
    """
    _, vectors = np.linalg.eigh(np.cov(points.T))
    return vectors[:, -1]


@exercise.check
def either_way_round(axis, wanted, points):
    """Allow the other sign."""
    if axis.shape != wanted.shape:
        return f"the shape is {axis.shape}, wanted {wanted.shape}"
    if abs(np.linalg.norm(axis) - 1) > 1e-6:
        return f"the length is {np.linalg.norm(axis):.3g}, wanted 1"
    if abs(axis @ wanted) < 1 - 1e-6:
        return "it is another direction"


@exercise.case
def along_a_line(rng):
    return inputs(np.outer(rng.normal(size=4), [3.0, 4.0]) + rng.normal(size=(4, 2)) / 10)


@exercise.case(tags=["oblong"])
def in_three_dimensions(rng):
    return inputs(rng.normal(size=(9, 3)) * [1.0, 3.0, 1.0])


@exercise.edit("[:, -1]", "[-1]")
def takes_a_row():
    """You take a row of the eigenvectors, and they are columns.

    What does the second index of `vectors` count?
    """


@exercise.mistake
def forgets_the_length(points):
    """Your direction is right, but its length is not 1.

    By what do you divide a vector to make it a direction?
    """
    return principal_axis(points) * len(points)
