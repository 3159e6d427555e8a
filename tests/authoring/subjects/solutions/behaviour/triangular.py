"""Triangular numbers, without an end: 1, 3, 6, 10, ..."""

from itertools import count

from grader.exercise import Exercise, inputs

exercise = Exercise(hints=["`yield` hands one number out and goes on where it was."])


@exercise.reference(yields=6)
def triangular(start=1):
    """Give one triangular number after the other, from the `start`-th on.

    Yields
    ------
    number : int
        The next one; there is no end.
    """
    for n in count(start):
        yield n * (n + 1) // 2


@exercise.case
def from_the_first_on(rng):
    return inputs()


@exercise.case(tags=["option"])
def from_a_later_one_on(rng):
    return inputs(start=int(rng.integers(2, 9)))


@exercise.edit("n * (n + 1) // 2", "n")
def counts():
    """You count.

    How many dots has a triangle with n rows?
    """
