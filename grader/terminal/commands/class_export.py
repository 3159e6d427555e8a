"""`grader class export`: marks as CSV, and as gradebooks import them."""

from __future__ import annotations

from pathlib import Path

import click

from grader.classroom.export import FORMATS, Exported, write_private
from grader.classroom.marks.reading import marks
from grader.classroom.marks.store import Store
from grader.classroom.pages.feedback import feedback_of
from grader.classroom.people.kept_table import KeptTable
from grader.classroom.worksheet import fill
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
@click.option(
    "--worksheet",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --format moodle: fill in the grading worksheet that Moodle gave out.",
)
@click.option("--scale", is_flag=True, help="With --worksheet: bring points to its maximum.")
@click.option("--feedback", is_flag=True, help='With --worksheet: fill in "Feedback comments" too.')
@click.option("--unit", "units", multiple=True, help="Only the exercises and quizzes of this unit.")
@click.option("--exercises", metavar="NAME,…", help="Only these; a quiz is quiz:NAME.")
def export(
    folder: Path,
    form: str,
    output: Path | None,
    column: str | None,
    worksheet: Path | None,
    scale: bool,
    feedback: bool,
    units: tuple[str, ...],
    exercises: str | None,
) -> int:
    """Write the marks as CSV, or for Moodle or Canvas.

    FOLDER is that of the marks.
    """
    if worksheet and form != "moodle" or (scale or feedback) and not worksheet:
        raise click.UsageError(
            "--worksheet FILE goes with --format moodle; --scale and --feedback with --worksheet."
        )
    course = current_course()
    with Store(folder) as store:
        names = those_named(course, store, exercises, units)
        found = list(marks(store, names))
        if worksheet:
            told = feedback_of(store, course.title, names) if feedback else None
            exported = fill(store, found, KeptTable(worksheet), column, scale, told)
        else:
            exported = FORMATS[form](found, column or course.title)
    default = "moodle-worksheet.csv" if worksheet else f"{'marks' if form == 'csv' else form}.csv"
    return _write(exported, output, folder / default) or _tell(exported, form, column, course)


def _write(exported: Exported, output: Path | None, default: Path) -> int:
    if output == Path("-"):
        say(exported.body.decode("utf-8", "replace"), end="")
        return 0
    path = output or default
    write_private(path, exported.body)
    say(f"{in_one_line(str(path))}: written")
    return 0


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
