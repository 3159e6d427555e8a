"""Which parts of a course a learner has begun: only these are mixed and reviewed unasked."""

from __future__ import annotations

from grader.course.course import Course
from grader.course.progress import Progress


def quizzes_begun(course: Course, progress: Progress) -> frozenset[str]:
    """Return the quizzes of the units in which an exercise was tried or a quiz begun."""
    touched = {*progress.standings(), *progress.quiz_standings(), *progress.quizzes_begun()}
    return frozenset(
        quiz
        for unit in course.units
        if touched & {*unit.exercises, *unit.quizzes}
        for quiz in unit.quizzes
    )
