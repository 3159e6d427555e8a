"""`grader hint`: the next hint of an exercise."""

from __future__ import annotations

import sys

import click

from grader.grading.examiner import load_definition
from grader.present.hint_text import render_hint
from grader.terminal.commands.common import (
    current_course,
    open_progress,
    say,
    style_of,
    this_or_next,
)


@click.command()
@click.argument("name", required=False)
def hint(name: str | None) -> int:
    """Show the next hint; without a name, of the next exercise."""
    course = current_course()
    with open_progress(course) as progress:
        chosen = this_or_next(course, name, progress)
        definition = load_definition(course, chosen)
        taken = progress.take_hint(chosen)
        is_kept = progress.is_kept
    say(render_hint(definition, taken, style_of(sys.stdout), with_later=not is_kept))
    return 0
