"""`grader export quiz`: quizzes for Moodle, Anki and Canvas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from grader.backstop import within_bounds
from grader.course.course import Course
from grader.errors import in_one_line
from grader.present.export_text import render_losses
from grader.quiz.export.anki import write_anki
from grader.quiz.export.exported import Exported
from grader.quiz.export.gift import write_gift
from grader.quiz.export.qti import write_qti
from grader.quiz.model import Quiz
from grader.quiz.reading.load import read_quiz, read_quizzes
from grader.terminal.commands.common import current_course, remark, say, write_file

_WRITERS: dict[str, Callable[[Sequence[Quiz]], Exported]] = {
    "gift": write_gift,
    "anki": write_anki,
    "qti": write_qti,
}
ENDINGS = {"gift": "gift.txt", "anki": "anki.txt", "qti": "qti.zip"}


@click.command()
@click.argument("names", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_WRITERS)),
    required=True,
    help="gift for Moodle, anki for Anki, qti for Canvas.",
)
@click.option("-o", "--output", metavar="FILE", help="Write all of them to one file; - prints it.")
def quiz(names: tuple[str, ...], form: str, output: str | None) -> int:
    """Write quizzes, or all of them, for Moodle, Anki or Canvas.

    Each goes to a file of its own in this folder. What the other program cannot take is listed on
    the error stream.
    """
    chosen = _chosen(current_course(), names)
    parts = [chosen] if output else [(quiz,) for quiz in chosen]
    with within_bounds("quizzes"):  # all together
        for part in parts:
            exported = _WRITERS[form](part)
            _put(exported.content, output or f"{part[0].name}.{ENDINGS[form]}")
            remark(render_losses(exported, form))
    return 0


def _chosen(course: Course, names: tuple[str, ...]) -> tuple[Quiz, ...]:
    known = dict.fromkeys(course.require_quiz(name) for name in names)
    if not course.quizzes:
        raise course.lacks("quiz")
    return tuple(read_quiz(course, name) for name in known) or read_quizzes(course)


def _put(content: bytes, output: str) -> None:
    """Write a file, or print it alone."""
    if output == "-":
        click.echo(content, nl=False)  # bytes of a file, not a text for a terminal
        return
    write_file(Path(output), content, "the quiz")
    say(f"{in_one_line(output)}: written")
