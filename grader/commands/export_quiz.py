"""`grader export quiz`: quizzes for Moodle, Anki and Canvas."""

from __future__ import annotations

from pathlib import Path

import click

from grader.commands.common import current_course, say
from grader.course import Course
from grader.errors import UsageError
from grader.quiz.exchange.exported import Exported
from grader.quiz.model import Quiz

# How a file of each form is called by default, and what reads it.
FORMATS = {
    "gift": ("{}.gift.txt", "GIFT"),
    "anki": ("{}.anki.txt", "Anki"),
    "qti": ("{}.qti.zip", "QTI"),
}


@click.command()
@click.argument("names", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
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
    default, called = FORMATS[form]
    parts = [chosen] if output else [(quiz,) for quiz in chosen]
    for part in parts:
        exported = _written(form, part)
        _put(exported.content, output or default.format(part[0].name), _count(part))
        click.echo(_told(exported, called), err=True)
    return 0


def _chosen(course: Course, names: tuple[str, ...]) -> tuple[Quiz, ...]:
    from grader.quiz.load import read_quiz, read_quizzes

    if not course.quizzes:
        raise UsageError("this course has no quizzes")
    if names:
        known = dict.fromkeys(course.require_quiz(name) for name in names)
        return tuple(read_quiz(course, name) for name in known)
    return read_quizzes(course)


def _written(form: str, quizzes: tuple[Quiz, ...]) -> Exported:
    if form == "gift":
        from grader.quiz.exchange.gift import write_gift as write
    elif form == "anki":
        from grader.quiz.exchange.anki import write_anki as write
    else:
        from grader.quiz.exchange.qti import write_qti as write
    return write(quizzes)


def _put(content: bytes, output: str, count: str) -> None:
    """Write a file, or print it alone."""
    if output == "-":
        click.get_binary_stream("stdout").write(content)
        return
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        told = f"{output} cannot be written: {error.strerror}"
        raise UsageError(told, next="Name another file with -o.") from error
    say(f"{output}: written, {count}")


def _count(quizzes: tuple[Quiz, ...]) -> str:
    count = sum(len(quiz.questions) for quiz in quizzes)
    return f"{count} question{'s' if count != 1 else ''}"


def _told(exported: Exported, called: str) -> str:
    from grader.present.exported import render_losses

    return render_losses(exported, called)
