"""Says that a stub has come over somebody's work, as a release does if copied over a course."""

from __future__ import annotations

from grader.course.course import Course
from grader.course.kept_work import overwritten
from grader.terminal.commands.common import complain


def tell_overwritten(course: Course) -> None:
    """Say of each file that it was written and is a stub again, and where the work is."""
    for path, aside in overwritten(course):
        complain(
            f"{course.display(path)} is a stub again, and you had written it."
            f" What you last graded is kept: {course.display(aside)}\n"
            "Copy it back if you miss it. A new release is taken over with `grader update FILE`,"
            " which leaves alone what you wrote."
        )
