"""`grader watch`: grade on every save."""

from __future__ import annotations

import sys

import click

from grader.course.next_steps import first_open
from grader.learner.outside.sandbox import Sandbox
from grader.terminal.commands.common import current_course, open_progress, say, style_of
from grader.terminal.keys import keys
from grader.terminal.saves import wake_on_save
from grader.terminal.watch import LISTENING_SECONDS, POLL_SECONDS, Watch


@click.command()
@click.argument("name", required=False)
def watch(name: str | None) -> int:
    """Grade on every save; without a name, the next one."""
    course = current_course()
    course.installed_packages()
    if not course.exercises:
        raise course.lacks("exercise")
    screen = Screen()
    with (
        open_progress(course) as progress,
        Sandbox(warm=True) as sandbox,
        wake_on_save(course.root / "exercises") as wake,
        keys(wake, screen.show_again) as read_key,
    ):
        following = first_open(course, progress) or course.exercises[0]
        chosen = course.require_exercise(name) if name else following
        pause = POLL_SECONDS if wake is None else LISTENING_SECONDS
        style = style_of(sys.stdout)
        return Watch(course, progress, style, screen.show, screen.add, chosen, sandbox, pause).run(
            read_key
        )


class Screen:
    """What is shown: in place of the last on a terminal, below it elsewhere."""

    def __init__(self) -> None:
        self._text = ""

    def show(self, text: str) -> None:
        """Show a text in the place of the one before."""
        self._text = text
        self.show_again()

    def add(self, text: str) -> None:
        """Add a line below the screen, where the cursor stands; the next screen takes its place."""
        say(text, end="" if sys.stdout.isatty() else "\n")

    def show_again(self) -> None:
        """Show the last text, if there was one, whatever was written over it."""
        if not self._text:
            return
        if sys.stdout.isatty():
            click.clear()
        say(self._text)
