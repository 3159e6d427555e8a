"""What several commands share: the course around them, its progress, and how to print."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import click

from grader.course.course import Course, find_course
from grader.course.next_steps import first_open
from grader.course.places import require_no_link
from grader.course.progress import Progress
from grader.errors import UsageError
from grader.present.readable import on_terminal, readable
from grader.present.style import Style

MAX_ECHO = 2000  # characters of a line that was typed


def current_course() -> Course:
    """Return the course that the current folder belongs to."""
    return find_course(current_folder())


def current_folder() -> Path:
    """Return the current folder; raise `UsageError` where somebody has deleted it."""
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        raise UsageError(
            "the folder that you are in is not there any more", next="Go to another one, with cd."
        ) from error


def exercises_of(course: Course, names: Sequence[str], units: Sequence[str]) -> tuple[str, ...]:
    """Return the exercises that are named and those of the units, in order; of neither, all."""
    named = [course.require_exercise(name) for name in names]
    known = [unit.name for unit in course.units]
    for name in units:
        if name not in known:
            raise UsageError(
                f"there is no unit called {name!r}", next=f"There are: {', '.join(known)}."
            )
    if not names and not units:
        if not course.exercises:
            raise course.lacks("exercise")
        return course.exercises
    chosen = tuple(
        name for name in course.exercises if name in named or course.unit_of(name) in units
    )
    if not chosen:
        raise UsageError(
            f"there are no exercises in {' and '.join(units)}", next="Name a unit that has some."
        )
    return chosen


def write_file(path: Path, content: bytes, what: str, *, parents: bool = False) -> None:
    """Write the file that a command is for, and the folders around it if `parents` is set.

    `what` names the content where that fails.

    Raises
    ------
    UsageError
        It cannot be written, or a link of the folder that we are in is on the way: whoever made
        that folder may have it lead anywhere.
    """
    whole, here = Path(os.path.abspath(path)), Path.cwd()
    if whole.is_relative_to(here):
        require_no_link(here, whole)
    try:
        if whole.is_relative_to(here) and whole.is_fifo():
            raise OSError(errno.EINVAL, "it is not a regular file")
        if parents:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"{what} cannot be written: {error.strerror or error}",
            where=str(path),
            next="Name a file in a folder that is there and is yours.",
        ) from error


def open_progress(course: Course) -> Progress:
    """Open the learner's record, and pass on what it has to say about itself."""
    progress = Progress(course.root)
    if progress.notice:
        complain(progress.notice)
    return progress


def this_or_next(course: Course, name: str | None, progress: Progress | None = None) -> str:
    """Return the exercise that is named; without a name the next one, and say which that is."""
    if name:
        return course.require_exercise(name)
    if not course.exercises:
        raise course.lacks("exercise")
    if progress is None:
        with open_progress(course) as progress:
            return this_or_next(course, name, progress)
    following = first_open(course, progress)
    if following is None:
        command = click.get_current_context().command_path
        raise UsageError(
            "every exercise is passed, so there is no next one",
            next=f"Name one: {command} {course.exercises[-1]}",
        )
    remark(f"The next exercise: {following}")
    return following


def say_filled(sentences: str) -> None:
    """Print sentences, in lines of the terminal's width where there is one."""
    is_seen = sys.stdout.isatty()
    say("\n".join(style_of(sys.stdout).wrap(sentences)) if is_seen else sentences)


def style_of(stream: IO[Any]) -> Style:
    """Return what a stream can show: colour only on a terminal that wants it."""
    colour = stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    columns, lines = _size(stream)
    return Style(colour, max(40, min(columns, 80)), lines or None)


def _size(stream: IO[Any]) -> tuple[int, int]:
    try:
        return os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):  # not a terminal, or no file at all
        return 80, 0


def say(text: str, end: str = "\n") -> None:
    """Print to standard output, keeping the colours that the style put in, and no other signs.

    Nothing else prints there: what a stranger wrote is spelled out here if it was not before.
    """
    colour = style_of(sys.stdout).colour
    click.echo(on_terminal(text, colour) + end, nl=False, color=colour)


def remark(text: str) -> None:
    """Print to standard error, without breaking words on a terminal that is narrow.

    Where nothing can be written there, what a command is for goes on all the same.
    """
    lines = readable(text).split("\n")
    if sys.stderr.isatty():
        lines = [folded for line in lines for folded in style_of(sys.stderr).fold(line)]
    with suppress(OSError):
        click.echo("\n".join(lines), err=True)


def complain(text: str) -> None:
    """Print to standard error what the grader has to say of itself, or of what it was given."""
    remark(f"grader: {text}")


def status(line: str) -> None:
    """Keep a line of a terminal up to date; an empty one ends it. Elsewhere it is not written."""
    if sys.stderr.isatty():
        with suppress(OSError):
            click.echo(f"\r\x1b[K{readable(line)}", nl=False, err=True)


def agreed(prompt: str) -> bool:
    """Ask until the answer is yes or no; an empty one, or the end of the input, is yes."""
    while True:
        reply = (ask(prompt) or "yes").lower()
        if reply in ("y", "yes", "n", "no"):
            return reply.startswith("y")


def ask(prompt: str) -> str | None:
    """Print a prompt and return the line that is typed, or None where the input ends."""
    say(prompt, end="")
    line = sys.stdin.readline()
    if not line or not sys.stdin.isatty():  # nobody saw it being typed
        say(line.rstrip()[:MAX_ECHO])
    return line.strip() if line else None


def cores() -> int:
    """Return how many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
