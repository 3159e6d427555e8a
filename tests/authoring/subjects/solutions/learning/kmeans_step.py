"""One step of k-means: points go to the nearest centre, and centres to the middle of their points.

Step one labels every point with its nearest centre. Step two moves each centre to the mean of the
points that have its label. A centre without points stays where it is.
"""

import numpy as np

from grader.exercise import Exercise, inputs

exercise = Exercise(
    hints=[
        "A difference of shape (n, k, d) has every point minus every centre.",
        "Which centre has no points, and what is the mean of nothing?",
    ]
)


@exercise.reference
def kmeans_step(points, centres):
    """Label every point and move every centre.

    Returns
    -------
    labels : (n,)
        The number of each point's nearest centre.
    moved : (k, d)
        The means of the points with each label.
    """
    distances = ((points[:, None] - centres) ** 2).sum(axis=-1)
    labels = distances.argmin(axis=1)
    moved = centres.copy()
    for k in set(labels):
        moved[k] = points[labels == k].mean(axis=0)
    return labels, moved


@exercise.case
def two_clouds(rng):
    points = np.concatenate([rng.normal(size=(3, 2)), rng.normal(size=(3, 2)) + 9]).round(1)
    return inputs(points, np.array([[0.0, 0.0], [9.0, 9.0]]))


@exercise.case(tags=["edge"])
def a_centre_without_points(rng):
    points = rng.normal(size=(4, 2)).round(1)
    return inputs(points, np.array([[0.0, 0.0], [90.0, 90.0]]))


@exercise.edit("argmin", "argmax")
def takes_the_furthest():
    """You send every point to the centre that is furthest away.

    A label should name the centre with the smallest distance.
    """


@exercise.edit("for k in set(labels):", "for k in range(len(centres)):")
def takes_the_mean_of_nothing():
    """You take the mean of no points where a centre has none, and that is nan.

    Which labels occur at all?
    """
