"""`grader watch`: grade on every save."""

from __future__ import annotations

import sys

import click

from grader.commands.common import current_course, open_progress, say, style_of


@click.command()
@click.argument("name", required=False)
def watch(name: str | None) -> int:
    """Grade on every save; without a name, the next one."""
    from grader.keys import keys
    from grader.progress import first_open
    from grader.watch import Watch

    course = current_course()
    with open_progress(course) as progress, keys() as read_key:
        following = first_open(course, progress) or course.exercises[0]
        chosen = course.require_exercise(name) if name else following
        return Watch(course, progress, style_of(sys.stdout), _redraw, chosen).run(read_key)


def _redraw(text: str) -> None:
    """Show a screen: in place of the last one on a terminal, below it elsewhere."""
    if sys.stdout.isatty():
        click.clear()
    say(text)
