"""`grader export notebook`: exercises to be taken in Jupyter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.course.course import Course


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
    from grader.notebooks.write import notebook_of
    from grader.terminal.commands.common import current_course, say

    course = current_course()
    chosen = [course.require_exercise(name) for name in names]
    chosen += [name for unit in units for name in _exercises_of(course, unit)]
    text = notebook_of(course, chosen or course.exercises)
    try:
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(
            "there is a file of this name, and it may hold somebody's work",
            where=str(path),
            next="Take another name, or replace it with --force.",
        ) from error
    except OSError as error:
        told = f"the notebook cannot be written: {error.strerror or error}"
        raise UsageError(told, where=str(path)) from error
    say(f"{path}: written. Open it in Jupyter, or hand it in with: grader grade --file {path}")
    return 0


def _exercises_of(course: Course, name: str) -> Sequence[str]:
    for unit in course.units:
        if unit.name == name:
            return unit.exercises
    known = ", ".join(unit.name for unit in course.units)
    raise UsageError(f"there is no unit called {name!r}", next=f"There are: {known}.")
