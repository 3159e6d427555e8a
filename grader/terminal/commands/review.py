"""`grader review`: what is due to be asked again, over all quizzes."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import click

from grader.present.quiz_text import render_due, render_result
from grader.quiz.sittings.record import QuizRecord
from grader.quiz.sittings.review import DAY_BEGINS, Due, agenda
from grader.terminal.commands.common import current_course, open_progress, say, style_of
from grader.terminal.quiz_loop import ask_again, exercise_files, exit_code


@click.command()
@click.option("--count", type=click.IntRange(min=1), help="Ask at most so many questions.")
@click.option("--all", "everything", is_flag=True, help="Of units that you have not begun, too.")
@click.option(
    "--day-begins",
    type=click.IntRange(0, 23),
    default=DAY_BEGINS,
    envvar="GRADER_DAY_BEGINS",
    show_default=True,
    show_envvar=True,
    help="The hour from which on all that is due on a day is due.",
)
def review(count: int | None, everything: bool, day_begins: int) -> int:
    """Ask what is due to be asked again."""
    course, style = current_course(), style_of(sys.stdout)
    with open_progress(course) as progress:
        dues = agenda(course, progress, day_begins, everything).due
        due = [due.question for due in dues if due.is_now][:count]
        result = ask_again(QuizRecord(progress), due) if due else None
        if due and result is None:
            return 1
        if result:
            said = render_result(result, None, "grader quiz", style, exercise_files(course))
            say(f"{said}\n")
        left, not_begun = agenda(course, progress, day_begins, everything)
        say(render_due(_times(left), time.time(), _times(not_begun), style))
    return exit_code(result) if due else 0


def _times(dues: Sequence[Due]) -> list[float]:
    return [due.at for due in dues]
