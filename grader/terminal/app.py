"""Assembles the commands; turns every way of ending into one message and an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.errors import GraderError, say_fault
from grader.present.readable import readable
from grader.terminal.commands.lazy import LazyGroup

if TYPE_CHECKING:
    from grader.learner.outside.sandbox import Sandbox

# Where each command lives. A module is imported when its command is used, not before.
COMMANDS = {
    "grade": "grader.terminal.commands.grade",
    "watch": "grader.terminal.commands.watch",
    "hint": "grader.terminal.commands.exercises",
    "show": "grader.terminal.commands.show",
    "solution": "grader.terminal.commands.exercises",
    "reset": "grader.terminal.commands.exercises",
    "quiz": "grader.terminal.commands.quiz",
    "review": "grader.terminal.commands.review",
    "init": "grader.terminal.commands.init",
    "new": "grader.terminal.commands.new",
    "stub": "grader.terminal.commands.stub",
    "prove": "grader.terminal.commands.prove",
    "release": "grader.terminal.commands.release",
    "export": "grader.terminal.commands.export",
}


@click.group(cls=LazyGroup, modules=COMMANDS, invoke_without_command=True)
@click.version_option(package_name="attention-course", prog_name="grader")
@click.pass_context
def cli(context: click.Context) -> int:
    """Attention and transformers in NumPy, graded: without a command, the map of the course."""
    if context.invoked_subcommand:
        return 0
    from grader.terminal.commands.map import show_map

    return show_map()


def run(arguments: list[str], sandbox: Sandbox | None = None) -> int:
    """Run one command and return its exit code: 0 passed, 1 not yet, 2 usage, 3 our own fault.

    `sandbox` is one that was started early, for a command that needs it.
    """
    try:
        return cli.main(arguments, "grader", standalone_mode=False, obj=sandbox) or 0
    except GraderError as error:
        click.echo(readable(f"grader: {error}"), err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. What was finished before is kept.", err=True)
        return 130
    except BrokenPipeError:  # whoever read our output has gone: there is nobody left to tell
        return 1
    except Exception as error:
        click.echo(readable(f"grader: {say_fault(error)}"), err=True)
        return 3
