"""`grader solution`: the reference of an exercise."""

from __future__ import annotations

import click

from grader.authoring.stubs import solution_text
from grader.terminal.commands.common import ask, current_course, open_progress, say


@click.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def solution(name: str, yes: bool) -> int:
    """Show the reference; asks first if not passed."""
    course = current_course()
    course.require_exercise(name)
    course.require_definitions()
    with open_progress(course) as progress:
        if not yes and not progress.has_passed(name):
            reply = ask(f"{name} is not passed yet. Show the solution all the same? [y/N] ")
            if (reply or "").lower() not in ("y", "yes"):
                say(f"Not shown. There may be hints left: grader hint {name}")
                return 1
    click.echo(solution_text(course, name), nl=False)
    return 0
