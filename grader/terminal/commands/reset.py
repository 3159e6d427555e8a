"""`grader reset`: an exercise as it was before anything was written."""

from __future__ import annotations

import click

from grader.authoring.stubs import write_stub
from grader.terminal.commands.common import current_course, say


@click.command()
@click.argument("name")
def reset(name: str) -> int:
    """Put the stub back; what you wrote is kept."""
    course = current_course()
    backup = write_stub(course, course.require_exercise(name))
    say(f"{course.display(course.exercise_path(name))} is the stub again.")
    if backup:
        say(f"What stood there is kept: {course.display(backup)}")
    return 0
