"""`grader release`: the course as a class gets it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.authoring.releasable import require_proved
from grader.authoring.release import release as write_release
from grader.course.key_form import MAX_SEEDS
from grader.errors import in_one_line
from grader.terminal.bar import Bar
from grader.terminal.commands.common import cores, current_course, say, style_of
from grader.terminal.quiet import quiet_output


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--seeds",
    type=click.IntRange(1, MAX_SEEDS),
    default=3,
    show_default=True,
    help="Keep answers for so many draws of the inputs.",
)
@click.option(
    "--with",
    "extras",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file or folder of the course that goes along; may be repeated.",
)
def release(folder: Path, seeds: int, extras: tuple[Path, ...]) -> int:
    """Write what a class gets: no solution in it.

    What one draw of the inputs shows to be not proved is refused; `grader prove` finds more.
    """
    course = current_course()
    course.require_definitions()
    text = "Proving every exercise once, then freezing what it answers. It may take some minutes."
    say("\n".join(style_of(sys.stdout).wrap(text)))
    proved, frozen = Bar("exercises proved"), Bar("parts frozen")
    with quiet_output():
        require_proved(course, cores(), proved.tell)
        version = write_release(course, folder, range(seeds), extras, cores(), frozen.tell)
    where = in_one_line(str(folder))
    say(f"{where}: version {version}, without solutions. Learners begin with its README.md.")
    return 0
