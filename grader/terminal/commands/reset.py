"""`grader reset`: an exercise as it was before anything was written."""

from __future__ import annotations

import click

from grader.authoring.stubs import StubState, stub_state, write_stub
from grader.terminal.commands.common import ask, current_course, say, this_or_next


@click.command()
@click.argument("name", required=False)
def reset(name: str | None) -> int:
    """Put the stub back; what you wrote is kept."""
    course = current_course()
    chosen = this_or_next(course, name)
    path = course.display(course.exercise_path(chosen))
    if name is None and stub_state(course, chosen) is StubState.WORKED_ON:
        reply = ask(f"Put the stub back in the place of what stands in {path}? [y/N] ")
        if (reply or "").lower() not in ("y", "yes"):
            say("Left as it is.")
            return 1
    backups = write_stub(course, chosen)
    say(f"{path} is the stub again.")
    for backup in backups:
        say(f"What stood there is kept: {course.display(backup)}")
    return 0
