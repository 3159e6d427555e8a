"""`grader quiz`: questions one at a time, or a file of answers at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.present.quiz_json import result_json
from grader.present.quiz_text import render_result
from grader.quiz.sittings.answers_file import mark_file
from grader.quiz.sittings.choose import Request
from grader.terminal.commands.common import current_course, say, style_of
from grader.terminal.quiz_loop import exit_code, take


@click.command()
@click.argument("name", required=False)
@click.option("--missed", is_flag=True, help="Ask what was not right, or doubtful, last time.")
@click.option("--topic", metavar="TOPIC", default="", help="Ask about a tag or an exercise.")
@click.option("--count", type=click.IntRange(min=1), help="Ask so many of the questions.")
@click.option("--exam", is_flag=True, help="Say nothing about an answer before the end.")
@click.option("--minutes", type=click.FloatRange(0, min_open=True), help="With --exam: its time.")
@click.option("--seed", type=click.IntRange(min=0), help="Draw and shuffle the same way again.")
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mark a YAML or JSON file of `question-id: answer` instead of asking.",
)
@click.option("--json", "as_json", is_flag=True, help="With --answers: print one JSON object.")
def quiz(
    name: str | None,
    missed: bool,
    topic: str,
    count: int | None,
    exam: bool,
    minutes: float | None,
    seed: int | None,
    answers: Path | None,
    as_json: bool,
) -> int:
    """Take a quiz; without a name, the next one."""
    if as_json and not answers:
        raise click.UsageError("--json needs --answers FILE: a person cannot answer in JSON")
    if minutes and not exam:
        raise click.UsageError("--minutes needs --exam: there is no hurry otherwise")
    course = current_course()
    wanted = Request(course.require_quiz(name) if name else "", topic, missed, count, exam, minutes)
    if not answers:
        return exit_code(take(course, wanted, seed))
    if exam or not wanted.is_whole:
        raise click.UsageError(
            "--answers needs a name, and marks all of a quiz: grader quiz NAME --answers FILE"
        )
    result = mark_file(course, wanted.quiz, answers, seed)
    style = style_of(sys.stdout)
    say(result_json(result, seed) if as_json else render_result(result, None, "", style))
    return exit_code(result)
