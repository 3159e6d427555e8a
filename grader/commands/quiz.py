"""`grader quiz`: one question at a time, or a file of answers at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.commands.common import ask, current_course, open_progress, say, style_of
from grader.course import Course
from grader.errors import UsageError
from grader.present.quiz import (
    prompt,
    render_question,
    render_result,
    render_verdict,
    result_json,
)
from grader.present.style import Style
from grader.progress import Progress, Sitting
from grader.quiz.attempt import Command, offered, read_answers, read_quiz, read_reply
from grader.quiz.mark import Result, Verdict, mark
from grader.quiz.model import Choice, Quiz
from grader.seed import fresh_seed


@click.command()
@click.argument("name", required=False)
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mark a YAML or JSON file of `question-id: choice` instead of asking.",
)
@click.option("--json", "as_json", is_flag=True, help="With --answers: print one JSON object.")
@click.option("--seed", type=click.IntRange(min=0), help="Shuffle the choices the same way again.")
def quiz(name: str | None, answers: Path | None, as_json: bool, seed: int | None) -> int:
    """Take a quiz; without a name, the next one."""
    if as_json and not answers:
        raise click.UsageError("--json needs --answers FILE: a person cannot answer in JSON")
    course = current_course()
    if answers:
        if name is None:
            raise click.UsageError("--answers needs a name: grader quiz NAME --answers FILE")
        return _mark_file(course, course.require_quiz(name), answers, as_json)
    return _ask_all(course, name, seed)


def _mark_file(course: Course, name: str, answers: Path, as_json: bool) -> int:
    asked = read_quiz(course.quiz_path(name), course.exercises)
    result = mark(asked, read_answers(answers, asked))
    say(result_json(result) if as_json else render_result(result, None, style_of(sys.stdout)))
    return _code(result)


def _ask_all(course: Course, name: str | None, seed: int | None) -> int:
    style = style_of(sys.stdout)
    with open_progress(course) as progress:
        name = course.require_quiz(name) if name else _untaken(course, progress)
        asked = read_quiz(course.quiz_path(name), course.exercises)
        sitting = _sitting(asked, progress, seed)
        chosen = _take(asked, sitting, progress, style)
        if chosen is None:
            say(f"Saved. Go on with: grader quiz {name}")
            return 1
        result = mark(asked, chosen)
        progress.finish_sitting(sitting, result.score, result.max_score)
        say(render_result(result, progress.quiz_standings()[name], style))
    return _code(result)


def _code(result: Result) -> int:
    return 1 if result.to_revise else 0


def _untaken(course: Course, progress: Progress) -> str:
    if not course.quizzes:
        raise UsageError("this course has no quizzes")
    taken = progress.quiz_standings()
    return next((name for name in course.quizzes if name not in taken), course.quizzes[0])


def _sitting(quiz: Quiz, progress: Progress, seed: int | None) -> Sitting:
    """Return the go at the quiz that was left open, or a new one."""
    left = progress.open_sitting(quiz.name)
    if left and left.chosen and seed in (None, left.seed):
        say(f"Going on where you left: {len(left.chosen)} of {len(quiz.questions)} are answered.\n")
        return left
    return progress.begin_sitting(quiz.name, fresh_seed() if seed is None else seed)


def _take(
    quiz: Quiz, sitting: Sitting, progress: Progress, style: Style
) -> dict[str, str | None] | None:
    """Ask what is not answered yet, keeping each answer at once; None when the learner left."""
    given = dict(sitting.chosen)
    for number, question in enumerate(quiz.questions, 1):
        if question.id in given:
            continue
        choices = offered(question, sitting.seed)
        say(render_question(quiz, question, number, choices, style))
        reply = _reply(choices)
        if reply is Command.QUIT:
            return None
        chosen = reply if isinstance(reply, Choice) else None
        given[question.id] = chosen.text if chosen else None
        progress.keep_answer(sitting, question.id, given[question.id])
        say(render_verdict(Verdict(question, chosen), choices, style))
    return given


def _reply(choices: tuple[Choice, ...]) -> Choice | Command:
    """Ask until the reply means something; the end of the input means leaving."""
    while (line := ask(prompt(choices))) is not None:
        meant = read_reply(line, choices)
        if meant is not None:
            return meant
        say("That is none of them.")
    return Command.QUIT
