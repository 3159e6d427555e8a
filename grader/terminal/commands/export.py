"""`grader export`: the course in the forms that other programs read."""

from __future__ import annotations

import click

from grader.terminal.commands.lazy import LazyGroup

# As the table of all commands: each with its module, and the sentence that lists it.
EXPORTS = {
    "gradescope": ("export_gradescope", "Write the zip that Gradescope grades with."),
    "github-classroom": ("export_github_classroom", "Write the workflow that grades on push."),
    "quiz": ("export_quiz", "Write quizzes, or all of them, for Moodle, Anki or Canvas."),
    "notebook": ("export_notebook", "Write exercises as a notebook; without a name, all of them."),
}


@click.group(cls=LazyGroup, table=EXPORTS)
def export() -> None:
    """Write the course for other programs."""
