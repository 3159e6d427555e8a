"""Says which earlier exercises do not work, or are slow, where their references stood in."""

from __future__ import annotations

from collections.abc import Sequence

from grader.course.course import Course
from grader.grading.room import Sitting
from grader.records import Diagnosis, Submission

_DISTURBS = "changes what others see, or is wrong for what it is given here"
_LOOK_FOR = (
    "Look for NumPy's settings (`np.seterr`) and names of modules that are set anew, for an array"
    " that is handed out twice, and for inputs that its own checks do not have."
)


def say_broken(
    course: Course, submission: Submission, broken: Sequence[str], fair: Sitting
) -> Diagnosis:
    """Say which earlier exercises do not work; the first of them is where to go on."""
    if not broken:  # but for those that hidden checks alone import
        return Diagnosis("blame", "An earlier exercise does not work yet: the reference stood in.")
    path, others, see = _named(course, submission, broken)
    more = f" (nor {'does' if len(others) == 1 else 'do'} {_listed(others)})" if others else ""
    return _stood_in(fair, f"{path} does not work yet{more}", see)


def say_slow(
    course: Course, submission: Submission, slow: Sequence[str], fair: Sitting
) -> Diagnosis:
    """Say that time ran out with earlier exercises, and did not with references in their place."""
    if not slow:
        return Diagnosis("blame", "Time ran out with an earlier exercise: the reference stood in.")
    path, others, see = _named(course, submission, slow)
    more = f" and {_listed(others)}" if others else ""
    what = f"with {path}{more} the time ran out, and what is slow may still be right"
    return _stood_in(fair, what, see)


def say_disturbing(
    course: Course,
    submission: Submission,
    names: Sequence[str],
    fair: Sitting,
    is_sure: bool = False,
) -> Diagnosis:
    """Say that earlier exercises pass by themselves, and are not right where they meet here.

    Unless it `is_sure` that it is the one that is named, this file may be what disturbs them.
    """
    if is_sure:
        path, *_ = _named(course, submission, names)
        what = f"{path}, which passes by itself, {_DISTURBS}"
    elif len(names) == 1:
        alone = f"{names[0]} passes by itself, and not together with this"
        what = f"{alone}: it, or this file, {_DISTURBS}"
    else:
        who = f"{_all_of(names)} pass" if names else "earlier exercises pass"
        alone = f"{who} by themselves, and not together with this"
        what = f"{alone}: one of them, or this file, {_DISTURBS}"
    return _stood_in(fair, what, f"\n\n{_LOOK_FOR}")


def say_unknown(
    course: Course, submission: Submission, names: Sequence[str], fair: Sitting
) -> Diagnosis:
    """Say that there was no time to find out which earlier exercise references do better than."""
    what = "something in earlier exercises, and there was no time to find out in which of them"
    return _stood_in(fair, f"there is {what}")


def _stood_in(fair: Sitting, what: str, see: str = "") -> Diagnosis:
    opening = "No fault was found here, but" if fair.passed else "Not all of the trouble is here:"
    lost = "The reference stood in, so you lose no points for it here."
    if fair.is_lacking:
        lost = "The reference stood in where it could; what it had no answer for is not judged yet."
    return Diagnosis("blame", f"{opening} {what}. {lost}{see}")


def _named(
    course: Course, submission: Submission, names: Sequence[str]
) -> tuple[str, list[str], str]:
    """Return the file of the first exercise, where to go on, the others, and what says more."""
    first, *others = sorted(names, key=course.exercises.index)
    if submission.beside is not None:
        return submission.beside[first].path, others, f" The report on {first} says why."
    path = course.display(course.exercise_path(first))
    return path, others, f" See: grader grade {first}"


def _all_of(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}"


def _listed(others: Sequence[str]) -> str:
    return " and ".join(others) if len(others) < 3 else f"{len(others)} others"
