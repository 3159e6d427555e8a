"""What may be meant by a command that there is not."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterable

import click

from grader.errors import GraderError
from grader.terminal.commands.common import current_course

# What people type for a command that is called otherwise; the empty name is `grader` alone.
_MEANT = {
    "grade": ("check", "test", "submit", "verify", "mark", "score", "judge", "eval"),
    "hint": ("tip", "clue", "stuck"),
    "solution": ("answer", "answers", "solve", "solutions", "reference"),
    "show": ("plot", "draw", "picture", "view", "demo", "display"),
    "reset": ("restore", "undo", "revert", "clean", "restart"),
    "run": ("exec", "execute", "python", "debug", "try"),
    "watch": ("live", "follow", "auto"),
    "init": ("create", "setup", "install"),
    "--help": ("help", "man", "usage", "commands"),
    "": ("map", "list", "status", "progress", "next", "overview", "ls", "start"),
}


def say_unknown(context: click.Context, known: Iterable[str], word: str) -> str:
    """Return what to say of a word in place of a command: an exercise named is one to be graded."""
    path = context.command_path
    names = {name: name for name in known}
    if context.parent is None:
        names |= {word: name for name, words in _MEANT.items() for word in words}
        with contextlib.suppress(GraderError):  # no course here, or no such exercise in it
            names[word] = f"grade {current_course().require_exercise(word)}"
    found = [word] if word in names else []
    found = found or difflib.get_close_matches(word.lower(), names, n=3, cutoff=0.6)
    offered = " or ".join(dict.fromkeys(f"`{path} {names[each]}".rstrip() + "`" for each in found))
    advice = f"Did you mean {offered}?" if offered else f"`{path} --help` lists them."
    return f"There is no command {word!r}. {advice}"
