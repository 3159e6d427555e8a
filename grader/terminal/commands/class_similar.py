"""`grader class similar`: answers that are alike, side by side, as a hint and never a mark."""

from __future__ import annotations

from pathlib import Path

import click

from grader.classroom.marks.store import Store
from grader.classroom.pages.folder import write_pages
from grader.classroom.pages.report import START
from grader.classroom.similar.pages import similar_pages
from grader.errors import in_one_line
from grader.present.class_text import counted
from grader.terminal.class_run import exercises_named
from grader.terminal.commands.common import current_course, say

_BESIDE = 2  # files that show no pair: the first page and the style sheet


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("marks"))
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write; without it, one in the folder of the marks.",
)
@click.option("--unit", "units", multiple=True, help="Only the exercises of this unit.")
@click.option("--exercises", metavar="NAME,…", help="Only these exercises.")
@click.option(
    "--least",
    type=click.IntRange(10, 100),
    default=80,
    show_default=True,
    help="How much of what is their own two share, in percent.",
)
@click.option("--anonymous", is_flag=True, help="Name nobody, and show no comments and texts.")
def similar(
    folder: Path,
    output: Path | None,
    units: tuple[str, ...],
    exercises: str | None,
    least: int,
    anonymous: bool,
) -> int:
    """Write pages on answers that are more alike than the exercise explains.

    FOLDER is that of the marks. It is a hint of what to read, and never a mark.
    """
    course = current_course()
    target = output or folder / ("similar-anonymous" if anonymous else "similar")
    with Store(folder) as store:
        names = exercises_named(course, exercises, units)
        pages = similar_pages(course, store, names, least / 100, anonymous)
        count = write_pages(target, pages) - _BESIDE
    say(f"{in_one_line(str(target / START))}: written, with {counted(count, 'pair')}")
    say("That is a hint of what to read, and never a mark.")
    return 0
