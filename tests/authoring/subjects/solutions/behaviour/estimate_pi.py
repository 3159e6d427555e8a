"""Pi by chance: of points in a square, so many fall into the circle inside."""

from grader.exercise import Exercise, inputs

exercise = Exercise(hints=["A square of side 2 holds a circle of radius 1. What are their areas?"])


@exercise.reference(rng="rng")
def estimate_pi(n, rng):
    """Estimate pi with n points that `rng`, a generator of NumPy's, draws.

    Returns
    -------
    pi : float
        Nearer than 0.1, for a thousand points and more.
    """
    points = rng.uniform(-1, 1, size=(n, 2))
    return 4 * ((points**2).sum(axis=1) < 1).mean()


@exercise.check
def near_pi(answer, wanted, n, rng):
    if abs(answer - 3.14159) > 0.1:
        return f"{answer:.3f} is too far from pi"


@exercise.case
def many_points(rng):
    return inputs(20_000, int(rng.integers(2**31)))


@exercise.edit("4 * ", "2 * ")
def forgets_half_the_square():
    """You multiply by 2, and the square has an area of 4.

    The circle has pi of them.
    """
