"""`grader hint`: the next hint of an exercise."""

from __future__ import annotations

import sys

import click

from grader.grading.examiner import load_definition
from grader.present.hint_text import render_hint
from grader.terminal.commands.common import current_course, open_progress, say, style_of


@click.command()
@click.argument("name")
def hint(name: str) -> int:
    """Show the next hint of an exercise."""
    course = current_course()
    definition = load_definition(course, course.require_exercise(name))
    with open_progress(course) as progress:
        taken = progress.take_hint(name)
    say(render_hint(definition, taken, style_of(sys.stdout)))
    return 0
