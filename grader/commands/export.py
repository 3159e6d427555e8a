"""`grader export`: the course in the forms that other programs read."""

from __future__ import annotations

import click

from grader.commands.lazy import LazyGroup

# Where each form is written. A module is imported when its form is asked for.
EXPORTS: dict[str, str] = {
    "gradescope": "grader.commands.platforms",
    "github-classroom": "grader.commands.platforms",
    "quiz": "grader.commands.export_quiz",
}


@click.group(cls=LazyGroup, modules=EXPORTS)
def export() -> None:
    """Write the course for other programs."""
