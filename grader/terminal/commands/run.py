"""`grader run`: a learner's own file, as a program of theirs."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from grader.course.course import Course
from grader.course.places import require_no_link
from grader.errors import UsageError
from grader.files import read_regular
from grader.terminal.commands.common import complain, current_course, this_or_next

_LONGEST = 100_000  # bytes of a file that is looked at before it runs


# What follows the name is the program's, though it look like an option of ours.
@click.command(context_settings={"allow_interspersed_args": False})
@click.argument("name", required=False)
@click.argument("arguments", nargs=-1, metavar="[ARGS]...")
def run(name: str | None, arguments: tuple[str, ...]) -> int:
    """Run your file as `python FILE` does: to print and debug.

    It runs as a program of your own, in this terminal and without walls. Nothing is graded, and no
    reference stands in for exercises that it imports.
    """
    course = current_course()
    path = course.exercise_path(this_or_next(course, name))
    require_no_link(course.root, path)
    if not path.is_file():
        raise UsageError(
            "there is no such file",
            where=course.display(path),
            next=f"To have the stub again: grader reset {path.stem}",
        )
    if _only_defines(path):
        complain(_say_it_only_defines(course, path))
    return _run_here([sys.executable, str(path), *arguments], course.root)


def _only_defines(path: Path) -> bool:
    """Tell whether a file does nothing that could be seen; what is odd is for Python to judge."""
    try:
        statements = ast.parse(read_regular(path, _LONGEST)).body
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    quiet = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    return all(
        isinstance(each, quiet)
        or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
        for each in statements
    )


def _say_it_only_defines(course: Course, path: Path) -> str:
    return (
        f"{course.display(path)} defines functions and calls none: there is nothing to see.\n"
        'Call one at its end, below `if __name__ == "__main__":`. To have a failing check written'
        f" for that: grader grade {path.stem} --case CHECK"
    )


def _run_here(command: Sequence[str], root: Path) -> int:
    """Run a program in this terminal and return its exit code, as a shell has it."""
    folders = [str(root), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(folders)}
    sys.stdout.flush()
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is the program's, as in Python
    try:
        code = subprocess.run(command, env=environment, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code
