"""`grader export`: the course in the forms that other programs read."""

from __future__ import annotations

import click

from grader.terminal.commands.lazy import LazyGroup

# Where each form is written. A module is imported when its form is asked for.
EXPORTS: dict[str, str] = {
    "gradescope": "grader.terminal.commands.export_gradescope",
    "github-classroom": "grader.terminal.commands.export_github_classroom",
    "quiz": "grader.terminal.commands.export_quiz",
    "notebook": "grader.terminal.commands.export_notebook",
}


@click.group(cls=LazyGroup, modules=EXPORTS)
def export() -> None:
    """Write the course for other programs."""
