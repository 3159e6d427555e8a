"""`grader class export`: marks as CSV, and as gradebooks import them."""

from __future__ import annotations

from pathlib import Path

import click

from grader.classroom.export import FORMATS, Exported, write_private
from grader.classroom.marks.reading import marks
from grader.classroom.marks.store import Store
from grader.course.course import Course
from grader.errors import in_one_line
from grader.terminal.class_run import those_named
from grader.terminal.commands.common import complain, current_course, say


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("marks"))
@click.option("--format", "form", type=click.Choice([*FORMATS]), default="csv", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="The file to write, without it one in the folder of the marks; - prints it.",
)
@click.option(
    "--column",
    help="What the gradebook calls the column of points: in Canvas, with the assignment's number,"
    ' as in "Attention lab (60310)".',
)
@click.option("--unit", "units", multiple=True, help="Only the exercises and quizzes of this unit.")
@click.option("--exercises", metavar="NAME,…", help="Only these; a quiz is quiz:NAME.")
def export(
    folder: Path,
    form: str,
    output: Path | None,
    column: str | None,
    units: tuple[str, ...],
    exercises: str | None,
) -> int:
    """Write the marks as CSV, or for Moodle or Canvas.

    FOLDER is that of the marks.
    """
    course = current_course()
    with Store(folder) as store:
        found = list(marks(store, those_named(course, store, exercises, units)))
    exported = FORMATS[form](found, column or course.title)
    if output == Path("-"):
        say(exported.body.decode(), end="")
        return _tell(exported, form, column, course)
    path = output or folder / f"{'marks' if form == 'csv' else form}.csv"
    write_private(path, exported.body)
    say(f"{in_one_line(str(path))}: written")
    return _tell(exported, form, column, course)


def _tell(exported: Exported, form: str, column: str | None, course: Course) -> int:
    """Say what the table cannot say by itself."""
    for note in exported.notes:
        complain(note)
    if form == "canvas" and not column:
        complain(
            f"Canvas will take {course.title!r} for a new assignment.\nName yours as its gradebook"
            ' does, with the number: --column "Attention lab (60310)"'
        )
    return 0
