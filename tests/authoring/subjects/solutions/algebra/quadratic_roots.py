"""Quadratic roots: where a parabola is zero, if need be beside the real line.

    a x² + b x + c = 0          x = (-b ± sqrt(b² - 4 a c)) / (2 a)

Where the discriminant is negative, its root is imaginary, and the two roots are conjugate.
"""

import cmath

from grader.exercise import Exercise, inputs

exercise = Exercise(
    hints=[
        "Which module has a square root for negative numbers?",
        "cmath.sqrt(-1) is 1j. The set holds one number where the two roots are the same.",
    ],
    rtol=1e-5,
    tags={"below_zero": "for real roots and wrong where the discriminant is negative"},
)


@exercise.reference
def roots(a, b, c):
    """Find the roots of a x² + b x + c; a is not 0.

    Returns
    -------
    roots : set of complex
        One, where it counts twice.
    """
    half = cmath.sqrt(b * b - 4 * a * c)
    return {(-b + half) / (2 * a), (-b - half) / (2 * a)}


@exercise.case
def two_real_roots(rng):
    return inputs(1.0, float(rng.integers(3, 9)), 2.0)


@exercise.case(tags=["below_zero"])
def no_real_root(rng):
    return inputs(2.0, 1.0, float(rng.integers(1, 9)))


@exercise.case(tags=["edge"])
def one_root_that_counts_twice(rng):
    return inputs(1.0, -4.0, 4.0)


@exercise.edit("(-b + half) / (2 * a)", "(-b + half) / 2 * a")
def multiplies_where_it_should_divide():
    """Your `/ 2 * a` divides by 2 and then multiplies by a.

    Python goes from left to right. What stands below the line needs brackets.
    """


@exercise.mistake
def takes_the_size_of_the_discriminant(a, b, c):
    """You take the root of the discriminant without its sign.

    Where it is negative, there are roots, but not on the real line.
    """
    half = abs(b * b - 4 * a * c) ** 0.5
    return {(-b + half) / (2 * a), (-b - half) / (2 * a)}
