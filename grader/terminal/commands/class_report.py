"""`grader class report`: pages about a class, for whoever teaches it."""

from __future__ import annotations

from pathlib import Path

import click

from grader.classroom.pages.folder import write_pages
from grader.classroom.pages.report import START, report_pages
from grader.errors import in_one_line
from grader.present.class_text import counted
from grader.terminal.class_run import marks_in
from grader.terminal.commands.common import current_course, say


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("marks"))
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write; without it, one in the folder of the marks.",
)
@click.option("--anonymous", is_flag=True, help="Name nobody, to show the pages in class.")
def report(folder: Path, output: Path | None, anonymous: bool) -> int:
    """Write pages about the class: mistakes, checks, people.

    FOLDER is that of the marks.
    """
    course = current_course()
    target = output or folder / ("report-anonymous" if anonymous else "report")
    with marks_in(folder) as store:
        count = write_pages(target, report_pages(store, course.title, anonymous))
    say(f"{in_one_line(str(target / START))}: written, and {counted(count - 1, 'file')} beside it")
    return 0
