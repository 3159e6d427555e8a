"""`grader` alone: the map of the course and what to do next."""

from __future__ import annotations

import sys


def show_map() -> int:
    """Print the map of the course."""
    from grader.course.next_steps import whats_next
    from grader.present.map_text import render_map
    from grader.present.next_step_text import say_next
    from grader.terminal.commands.common import current_course, open_progress, say, style_of

    course = current_course()
    with open_progress(course) as progress:
        following = say_next(course, whats_next(course, progress))
        standings, quizzes = progress.standings(), progress.quiz_standings()
        begun = progress.quizzes_begun()
    say(render_map(course, standings, quizzes, following, style_of(sys.stdout), begun))
    return 0
