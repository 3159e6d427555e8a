"""`grader class export`: marks as CSV, and as gradebooks import them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from grader.classroom.export import Exported, write_private
from grader.classroom.gradebooks import FORMATS
from grader.classroom.marks.outline import few, handed_in, is_open
from grader.classroom.marks.platform_ids import Known, known_to
from grader.classroom.marks.reading import assigned, marks
from grader.classroom.marks.store import Store
from grader.classroom.pages.feedback import feedback_of
from grader.classroom.people.kept_table import KeptTable
from grader.classroom.worksheet import fill
from grader.errors import UsageError, in_one_line
from grader.terminal.class_run import marks_in, those_named
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
@click.option(
    "--scale",
    is_flag=True,
    help="Bring points to the maximum of the worksheet, or of Canvas's gradebook.",
)
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
    if worksheet and form != "moodle" or feedback and not worksheet:
        raise click.UsageError(
            "--worksheet FILE goes with --format moodle, and --feedback with --worksheet."
        )
    if scale and not worksheet and form != "canvas":
        raise click.UsageError("--scale goes with --worksheet, or with --format canvas.")
    course = current_course()
    with marks_in(folder) as store:
        named = those_named(course, store, exercises, units)
        shown = named or handed_in(store)
        if scale and not named:
            _require_said(store, shown)
        found = list(marks(store, named if form == "csv" else shown))
        if worksheet:
            told = feedback_of(store, course.title, shown) if feedback else None
            exported = fill(store, found, KeptTable(worksheet), column, scale, told)
        else:
            known = Known() if form == "csv" else known_to(store, form)
            exported = FORMATS[form](found, column or course.title, known, scale)
        left_out = len(assigned(store)) - len(shown) if not named and shown else 0
    default = "moodle-worksheet.csv" if worksheet else f"{'marks' if form == 'csv' else form}.csv"
    _write(exported, output, folder / default)
    for note in (*exported.notes, *_about_the_rest(left_out, form)):
        complain(note)
    return 0


def _require_said(store: Store, shown: Sequence[str]) -> None:
    """Refuse to scale to what depends on what people chose to hand in."""
    if is_open(store):
        raise UsageError(
            "--scale needs to know what all the points are: nobody said yet what counts",
            next=f"Say it: --exercises {','.join(shown) or 'NAME'}",
        )


def _about_the_rest(count: int, form: str) -> Iterator[str]:
    """Say what becomes of what counts because none was named, and nobody or few handed in."""
    if count:
        rest, which = few(count), "--exercises or --unit says which are wanted"
        yield f"There are rows for {rest}: {which}" if form == "csv" else f"Not added up: {rest}"


def _write(exported: Exported, output: Path | None, default: Path) -> None:
    if output == Path("-"):
        say(exported.body.decode("utf-8", "replace"), end="")
        return
    path = output or default
    write_private(path, exported.body)
    say(f"{in_one_line(str(path))}: written")
