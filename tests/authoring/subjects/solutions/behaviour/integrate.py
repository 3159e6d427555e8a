"""The area below a function, from a to b: a sum of thin columns."""

import numpy as np

from grader.exercise import Exercise, inputs

exercise = Exercise(
    hints=["How wide is a column, and how high in its middle?"],
    rtol=1e-4,
    tags={"negative": "unless f is not a square"},
)


@exercise.reference(functions=["f"])
def integrate(f, a, b):
    """Find the area below f.

    Returns
    -------
    area : float
        To four digits.
    """
    n = 2000
    middles = a + (np.arange(n) + 0.5) * (b - a) / n
    return sum(f(x) for x in middles) * (b - a) / n


@exercise.case
def below_a_square(rng):
    return inputs("square", 0.0, float(rng.integers(1, 4)))


@exercise.case(tags=["negative"])
def below_a_sine(rng):
    return inputs("sin", float(rng.uniform(0, 1)), 3.0)


@exercise.edit("for x in middles) * (b - a)", "for x in middles)")
def forgets_the_width():
    """You forget how wide it is from a to b.

    What is the area of one column?
    """
