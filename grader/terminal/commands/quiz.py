"""`grader quiz`: questions one at a time, or a file of answers at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.backstop import within_bounds
from grader.course.course import Course
from grader.course.seed import MAX_SEED
from grader.errors import in_one_line
from grader.present.quiz_json import result_json
from grader.present.quiz_text import render_result
from grader.quiz.model import seed_of
from grader.quiz.sittings.answers_file import mark_file
from grader.quiz.sittings.choose import Request
from grader.terminal.commands.common import complain, current_course, say, style_of
from grader.terminal.numbers import Number
from grader.terminal.quiz_loop import exercise_files, exit_code, show_wrong, take

_MINUTES = Number(0, 10_000, min_open=True)  # a week


@click.command()
@click.argument("name", required=False)
@click.option("--missed", is_flag=True, help="Ask what was not right, or doubtful, last time.")
@click.option("--topic", metavar="TOPIC", default="", help="Ask about a tag or an exercise.")
@click.option("--count", type=click.IntRange(min=1), help="Ask so many of the questions.")
@click.option("--mix", type=click.IntRange(min=1), help="Ask so many of all units begun.")
@click.option("--wrong", is_flag=True, help="Show what was missed, what is right, and why.")
@click.option("--exam", is_flag=True, help="Say nothing about an answer before the end.")
@click.option("--minutes", type=_MINUTES, help="With --exam: its time.")
@click.option(
    "--seed", type=click.IntRange(0, MAX_SEED), help="Draw and shuffle the same way again."
)
@click.option("--student", metavar="ID", help="Draw the values of this student of a class.")
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mark a YAML or JSON file of `question-id: answer` instead of asking.",
)
@click.option("--sources", is_flag=True, help="Also name the documents that a question rests on.")
@click.option("--json", "as_json", is_flag=True, help="With --answers: print one JSON object.")
def quiz(
    name: str | None,
    missed: bool,
    topic: str,
    count: int | None,
    mix: int | None,
    wrong: bool,
    exam: bool,
    minutes: float | None,
    seed: int | None,
    student: str | None,
    answers: Path | None,
    sources: bool,
    as_json: bool,
) -> int:
    """Take a quiz; without a name, the next one."""
    if as_json and not answers:
        raise click.UsageError("--json needs --answers FILE: a person cannot answer in JSON")
    if minutes and not exam:
        raise click.UsageError("--minutes needs --exam: there is no hurry otherwise")
    if mix and (name or topic or missed or count):
        raise click.UsageError("--mix N draws from all units begun: it goes with no name or part")
    seed, course = _seed(seed, student), current_course()
    chosen = course.require_quiz(name) if name else ""
    wanted = Request(chosen, topic, missed, count, exam, minutes, mix)
    if wrong:
        return _show_wrong(course, wanted, bool(answers), sources)
    if not answers:
        return exit_code(take(course, wanted, seed, sources))
    if exam or not wanted.is_whole:
        raise click.UsageError(
            "--answers needs a name, and marks all of a quiz: grader quiz NAME --answers FILE"
        )
    return _mark(course, wanted.quiz, answers, seed, as_json)


def _mark(course: Course, name: str, answers: Path, seed: int | None, as_json: bool) -> int:
    with within_bounds(in_one_line(str(answers))):
        result, unread = mark_file(course, name, answers, seed)
        code, style = exit_code(result), style_of(sys.stdout)
        if as_json:
            marked = result_json(result, seed, unread)
        else:
            marked = render_result(result, None, "", style, exercise_files(course))
    for fault in unread:
        complain(f"{fault}\nIt counts as skipped; the rest is marked.")
    say(marked)
    return code


def _seed(seed: int | None, student: str | None) -> int | None:
    if student and seed is not None:
        raise click.UsageError("--student draws by a seed of its own: leave --seed away")
    return seed_of(student) if student else seed


def _show_wrong(course: Course, wanted: Request, is_file: bool, sources: bool) -> int:
    if is_file or any(wanted._replace(quiz="")):
        raise click.UsageError(
            "--wrong asks nothing: it goes with a name or without, and --sources"
        )
    show_wrong(course, wanted.quiz, sources)
    return 0
