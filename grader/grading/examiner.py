"""Finds who sets the papers of an exercise, whether its code is here or only its key.

From code, all that an examiner knows is computed; in a released course it was computed before, and
is looked up. Nobody else asks which of the two it is.
"""

from __future__ import annotations

from grader.course.course import Course
from grader.exercise.definition import Definition
from grader.grading.trials import Examiner, Paper


def examiner_of(course: Course, name: str) -> Examiner:
    """Return the examiner of an exercise."""
    if course.release:
        from grader.grading.from_release import FromRelease  # most courses have their code here

        return FromRelease(course, name)
    from grader.grading.from_code import FromCode

    return FromCode(course, name)


def load_definition(course: Course, name: str) -> Definition:
    """Return the definition of an exercise."""
    return examiner_of(course, name).definition


def draw_paper(course: Course, name: str, seed: int) -> Paper:
    """Draw an exercise for a seed."""
    return examiner_of(course, name).draw(seed)
