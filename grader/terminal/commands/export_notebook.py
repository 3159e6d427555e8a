"""`grader export notebook`: exercises to be taken in Jupyter."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from grader.errors import UsageError, in_one_line
from grader.notebooks.write import notebook_of
from grader.terminal.commands.common import current_course, exercises_of, say, write_file


@click.command()
@click.argument("names", nargs=-1)
@click.option("--unit", "units", multiple=True, help="All exercises of this unit.")
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The notebook to write: FILE.ipynb.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def notebook(names: tuple[str, ...], units: tuple[str, ...], path: Path, force: bool) -> int:
    """Write exercises as a notebook; without a name, all of them."""
    course = current_course()
    text = notebook_of(course, exercises_of(course, names, units))
    if path.exists() and not force:
        raise UsageError(
            "there is a file of this name, and it may hold somebody's work",
            where=str(path),
            next="Take another name, or replace it with --force.",
        )
    write_file(path, text.encode(), "the notebook")
    where = in_one_line(str(path))
    said = in_one_line(shlex.quote(str(path)))
    say(f"{where}: written. Open it in Jupyter, or hand it in with: grader grade --file {said}")
    return 0
