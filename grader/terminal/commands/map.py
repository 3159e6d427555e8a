"""`grader` alone: the map of the course and what to do next."""

from __future__ import annotations

import sys

from grader.course.course import Course
from grader.course.next_steps import to_grade_again, whats_next
from grader.course.progress import Progress
from grader.present.map_text import render_map
from grader.present.next_step_text import say_next
from grader.present.style import Style
from grader.terminal.commands.common import (
    current_course,
    open_progress,
    say,
    style_of,
)
from grader.terminal.overwritten import tell_overwritten


def show_map() -> int:
    """Print the map of the course."""
    course = current_course()
    tell_overwritten(course)
    with open_progress(course) as progress:
        text = map_of(course, progress, style_of(sys.stdout))
    say(text)
    return 0


def map_of(course: Course, progress: Progress, style: Style) -> str:
    """Return the map of a course with all that the learner has done so far."""
    standings, quizzes = progress.standings(), progress.quiz_standings()
    following = say_next(course, whats_next(course, progress))
    again, begun = to_grade_again(course, progress), progress.quizzes_begun()
    return render_map(course, standings, quizzes, following, style, begun, again)
