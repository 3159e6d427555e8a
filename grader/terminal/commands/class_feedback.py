"""`grader class feedback`: what each person is told, as pages or as platforms take it."""

from __future__ import annotations

from pathlib import Path

import click

from grader.classroom.export import write_private
from grader.classroom.marks.outline import handed_in
from grader.classroom.pages.feedback import feedback_of
from grader.classroom.pages.folder import write_pages
from grader.classroom.pages.uploads import FORMATS, feedback_pages
from grader.errors import in_one_line
from grader.present.class_text import counted
from grader.terminal.class_run import marks_in
from grader.terminal.commands.common import complain, current_course, say

_FILES = {
    "moodle": "feedback-moodle.zip",
    "canvas": "feedback-canvas.zip",
    "csv": "feedback.csv",
}


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("marks"))
@click.option(
    "--format",
    "form",
    type=click.Choice(["pages", *FORMATS]),
    default="pages",
    show_default=True,
    help="A folder of pages; a zip for Moodle or Canvas; a table to send mails by.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The folder or file to write; without it, one in the folder of the marks.",
)
def feedback(folder: Path, form: str, output: Path | None) -> int:
    """Write what each person is told: a page and a Markdown file, or what platforms take.

    FOLDER is that of the marks. Nobody's feedback names another, or shows a hidden input.
    """
    title = current_course().title
    with marks_in(folder) as store:
        everybody = feedback_of(store, title, handed_in(store))
        if form == "pages":
            target = output or folder / "feedback"
            count = write_pages(target, feedback_pages(everybody))
            say(f"{in_one_line(str(target))}: {counted(count, 'file')} written, two for each")
            return 0
        exported = FORMATS[form](store, everybody)
    path = output or folder / _FILES[form]
    write_private(path, exported.body)
    say(f"{in_one_line(str(path))}: written")
    for note in exported.notes:
        complain(note)
    return 0
