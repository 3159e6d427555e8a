"""`grader review`: what is due to be asked again, over all quizzes."""

from __future__ import annotations

import sys
import time

import click

from grader.present.quiz_text import render_due, render_result
from grader.quiz.sittings.record import QuizRecord
from grader.quiz.sittings.review import schedule
from grader.terminal.commands.common import current_course, open_progress, say, style_of
from grader.terminal.quiz_loop import ask_again, exit_code


@click.command()
@click.option("--count", type=click.IntRange(min=1), help="Ask at most so many questions.")
def review(count: int | None) -> int:
    """Ask what is due to be asked again."""
    course = current_course()
    with open_progress(course) as progress:
        due = [due.question for due in schedule(course, progress) if due.is_now][:count]
        result = ask_again(QuizRecord(progress), due) if due else None
        if due and result is None:
            return 1
        if result:
            say(render_result(result, None, "", style_of(sys.stdout)) + "\n")
        say(render_due([due.at for due in schedule(course, progress)], time.time()))
    return exit_code(result) if due else 0
