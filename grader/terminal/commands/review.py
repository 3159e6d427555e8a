"""`grader review`: what is due to be asked again, over all quizzes."""

from __future__ import annotations

import sys
import time

import click

from grader.course.seed import fresh_seed
from grader.present.quiz_text import render_due, render_result
from grader.quiz.model import Quiz
from grader.quiz.reading.load import read_quizzes
from grader.quiz.sittings.record import Mode, QuizRecord, Round
from grader.quiz.sittings.review import Due, schedule
from grader.terminal.commands.common import ask, current_course, open_progress, say, style_of
from grader.terminal.quiz_loop import Asking


@click.command()
@click.option("--count", type=click.IntRange(min=1), help="Ask at most so many questions.")
def review(count: int | None) -> int:
    """Ask what is due to be asked again."""
    course = current_course()
    if not course.quizzes:
        raise course.lacks("quiz")
    questions = tuple(q for quiz in read_quizzes(course) for q in quiz.questions)
    with open_progress(course) as progress:
        record = QuizRecord(progress)

        def plan() -> tuple[Due, ...]:
            return schedule(questions, record.history(), progress.first_passes())

        due = [due.question for due in plan() if due.is_now][:count]
        result = None
        if due:
            ids = tuple(question.id for question in due)
            sitting = record.begin(Round("review", "", Mode.REVIEW, fresh_seed(), ids))
            asking = Asking(record, style_of(sys.stdout), say, ask)
            result = asking.run(sitting, Quiz("", "Review", tuple(due)))
            if result is None:
                say("Saved. Go on with: grader review")
                return 1
            say(render_result(result, None, "", style_of(sys.stdout)) + "\n")
        say(render_due([due.at for due in plan()], time.time()))
    return 1 if result and result.to_revise else 0
