"""Says which earlier exercises do not work, where their references stood in."""

from __future__ import annotations

from collections.abc import Sequence

from grader.course.course import Course
from grader.records import Diagnosis, Submission


def say_broken(
    course: Course, submission: Submission, broken: Sequence[str], is_right: bool
) -> Diagnosis:
    """Say which earlier exercises do not work; the first of them is where to go on."""
    if not broken:  # but for those that hidden checks alone import
        return Diagnosis("blame", "An earlier exercise does not work yet: the reference stood in.")
    first, *others = sorted(broken, key=course.exercises.index)
    named = " and ".join(others) if len(others) < 3 else f"{len(others)} others"
    more = f" (nor {'does' if len(others) == 1 else 'do'} {named})" if others else ""
    opening = "No fault was found here, but" if is_right else "Not all of the trouble is here:"
    path, see = course.display(course.exercise_path(first)), f"See: grader grade {first}"
    if submission.beside is not None:
        path, see = submission.beside[first].path, f"The report on {first} says why."
    message = (
        f"{opening} {path} does not work yet{more}. The"
        f" reference stood in, so you lose no points for it here. {see}"
    )
    return Diagnosis("blame", message)
