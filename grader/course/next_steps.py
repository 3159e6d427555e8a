"""What comes next in a course, for a learner who has got so far."""

from __future__ import annotations

from typing import NamedTuple

from grader.course.course import Course
from grader.course.progress import Progress
from grader.course.release_file import read_release


class NextSteps(NamedTuple):
    """The exercise and the quiz that come next, and the last one passed that shows a whole model.

    Each is empty where there is none.
    """

    exercise: str = ""
    quiz: str = ""
    model: str = ""


def whats_next(course: Course, progress: Progress) -> NextSteps:
    """Return what to do next: an exercise, or a quiz, or either of the two.

    A unit's quizzes come after its exercises.
    """
    following, taken = first_open(course, progress), progress.quiz_standings()
    steps = NextSteps(following or "", model=_model_to_see(course, progress))
    for unit in course.units:
        if following in unit.exercises:
            break
        for name in unit.quizzes:
            if name not in taken:
                return steps._replace(quiz=name)
    return steps


def _model_to_see(course: Course, progress: Progress) -> str:
    passed = _passed(progress)
    showing = [model.exercise for model in course.models if model.exercise in passed]
    return max(showing, key=course.exercises.index, default="")


def first_open(course: Course, progress: Progress) -> str | None:
    """Return the first exercise that is not passed yet, or None when all are."""
    passed = _passed(progress)
    return next((name for name in course.exercises if name not in passed), None)


def to_grade_again(course: Course, progress: Progress) -> set[str]:
    """Return the exercises that were passed, and whose checks have changed since."""
    now, graded_by = read_release(course.root).checks, progress.checks_graded_by()
    passed = _passed(progress) & now.keys() & graded_by.keys()
    return {name for name in passed if now[name] != graded_by[name]}


def _passed(progress: Progress) -> set[str]:
    return {name for name, standing in progress.standings().items() if standing.passed}
