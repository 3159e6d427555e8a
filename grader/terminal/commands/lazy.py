"""A group of commands, each imported only when it is called: one command does not wait for others.

So a command's module imports what it needs at its top, and what the list of commands says of it
stands in the group's table.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from keyword import iskeyword
from typing import Any

import click


class LazyGroup(click.Group):
    """A group of the commands in a `table`: of each its module, and what `--help` says of it."""

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None where there is no such one."""
        if cmd_name not in self.table:
            return None
        module = importlib.import_module(f".{self.table[cmd_name][0]}", __package__)
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(module, f"{name}_" if iskeyword(name) else name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; offer one where there is none of that name."""
        if args[0] not in self.table and not args[0].startswith("-"):
            from grader.terminal.commands.unknown import say_unknown  # only where it is needed

            raise click.UsageError(say_unknown(ctx, self.table, args[0]), ctx)
        name, command, rest = super().resolve_command(ctx, args)
        if command:
            _refuse_repetition(command, name, rest, ctx)
        return name, command, rest

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help) for name, (_, help) in self.table.items()])


def _refuse_repetition(
    command: click.Command, name: str | None, args: Sequence[str], parent: click.Context
) -> None:
    """Raise where an option that counts once is given twice: the first would be dropped unsaid."""
    context = click.Context(
        command, parent, name, resilient_parsing=True, **command.context_settings
    )
    _, _, given = command.make_parser(context).parse_args(list(args))
    for option in given:
        once = isinstance(option, click.Option) and not (option.multiple or option.is_flag)
        if once and given.count(option) > 1:
            raise click.UsageError(f"{option.opts[0]} is given twice, and counts once.", parent)
