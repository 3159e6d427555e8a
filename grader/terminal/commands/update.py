"""`grader update`: a learner's course, brought up to a new release."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.authoring.update import update as bring_up
from grader.present.update_text import render_update
from grader.terminal.commands.common import current_course, say, style_of


@click.command()
@click.argument(
    "release", metavar="[FILE|DIR]", required=False, type=click.Path(exists=True, path_type=Path)
)
def update(release: Path | None) -> int:
    """Bring your course up to a new release, around what you wrote.

    The release is a zip or a folder. Nothing that you wrote is overwritten, and your progress is
    kept. A course that takes its exercises from the installed grader needs no FILE.
    """
    say(render_update(bring_up(current_course(), release), style_of(sys.stdout)))
    return 0
