"""Assembles the commands; turns every way of ending into one message and an exit code."""

from __future__ import annotations

import errno
import io
import sys
from typing import TYPE_CHECKING

import click

from grader.errors import GraderError, in_one_line, say_fault
from grader.terminal.commands.lazy import LazyGroup

if TYPE_CHECKING:
    from grader.learner.outside.sandbox import Sandbox

# Each with its module in grader/terminal/commands and the sentence that `--help` lists it with.
COMMANDS = {
    "grade": ("grade", "Grade exercises; without a name, the next one."),
    "watch": ("watch", "Grade on every save; without a name, the next one."),
    "run": ("run", "Run your file as `python FILE` does: to print and debug."),
    "lesson": ("lesson", "Show the lesson of an exercise."),
    "hint": ("hint", "Show the next hint; without a name, of the next exercise."),
    "show": ("show", "Show pictures of what your functions return, or a model that runs on them."),
    "solution": ("solution", "Show the reference; asks first if not passed."),
    "reset": ("reset", "Put the stub back; what you wrote is kept."),
    "update": ("update", "Bring your course up to a new release, around what you wrote."),
    "quiz": ("quiz", "Take a quiz; without a name, the next one."),
    "review": ("review", "Ask what is due to be asked again."),
    "init": ("init", "Lay a course out in a folder."),
    "new": ("new", "Begin an exercise, or a quiz, that works."),
    "stub": ("stub", "Write stubs again; a learner's work is left alone."),
    "prove": ("prove", "Prove exercises and quizzes; `quizzes` is all of these."),
    "release": ("release", "Write what a class gets: no solution in it."),
    "export": ("export", "Write the course for other programs."),
    "class": ("class_", "Grade a class: from a platform's zip to its gradebook."),
}
_NO_TEMPORARY = (
    "grader: there is no folder for temporary files\n"
    "Let the variable TMPDIR (TEMP on Windows) name one that can be written to."
)
_NO_DOCSTRINGS = (
    "grader: Python leaves docstrings out, and lessons, pictures and mistakes are told by them\n"
    "Run it without -OO, and with no PYTHONOPTIMIZE (or with 1) in the environment."
)


@click.group(cls=LazyGroup, table=COMMANDS, invoke_without_command=True)
@click.version_option(package_name="attention-course", prog_name="grader")
@click.pass_context
def cli(context: click.Context) -> int:
    """Attention and transformers in NumPy, graded: without a command, the map of the course."""
    if context.invoked_subcommand:
        return 0
    from grader.terminal.commands.map import show_map  # as late as a command of the table

    return show_map()


def run(arguments: list[str], sandbox: Sandbox | None = None) -> int:
    """Run one command and return its exit code: 0 passed, 1 not yet, 2 usage, 3 our own fault.

    `sandbox` is one that was started early, for a command that needs it.
    """
    if sys.flags.optimize > 1:
        _tell(_NO_DOCSTRINGS)
        return 2
    try:
        return cli.main(arguments, "grader", standalone_mode=False, obj=sandbox) or 0
    except GraderError as error:
        _tell(f"grader: {error}")
        return error.exit_code
    except click.ClickException as error:
        shown = io.StringIO()  # it may name a file by what somebody called it
        error.show(shown)
        _tell(shown.getvalue().rstrip("\n"))
        return 2
    except (click.Abort, KeyboardInterrupt):
        _tell("\nStopped. What was finished before is kept.")
        return 130
    except BrokenPipeError:  # whoever read our output has gone: there is nobody left to tell
        return 1
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.ENAMETOOLONG, errno.ELOOP):
            _tell(f"grader: {in_one_line(str(error.filename))}: {error.strerror}")
            return 2  # no file of ours has such a name, so it is one that was given
        if isinstance(error, FileNotFoundError) and "temporary directory" in str(error):
            _tell(_NO_TEMPORARY)  # in Python's words
            return 2
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            _tell(
                f"grader: there is no room left to write: {error.strerror}\n"
                "What was finished before is kept. Make room, and run it again."
            )
            return 2
        _tell(f"grader: {say_fault(error)}")
        return 3


def _tell(text: str) -> None:
    """Print to standard error, as commands do."""
    from grader.terminal.commands.common import remark  # which a command imports, too

    remark(text)
