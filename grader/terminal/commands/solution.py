"""`grader solution`: the reference of an exercise."""

from __future__ import annotations

import click

from grader.authoring.stubs import solution_text
from grader.terminal.commands.common import ask, current_course, open_progress, say, this_or_next


@click.command()
@click.argument("name", required=False)
@click.option("--yes", is_flag=True, help="Do not ask first.")
def solution(name: str | None, yes: bool) -> int:
    """Show the reference; asks first if not passed."""
    course = current_course()
    with open_progress(course) as progress:
        chosen = this_or_next(course, name, progress)
        course.require_definitions()
        if not yes and not progress.has_passed(chosen):
            reply = ask(f"{chosen} is not passed yet. Show the solution all the same? [y/N] ")
            if (reply or "").lower() not in ("y", "yes"):
                say(f"Not shown. There may be hints left: grader hint {chosen}")
                return 1
    say(solution_text(course, chosen), end="")
    return 0
