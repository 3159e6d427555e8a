"""A group of commands, each imported only when it is used: one command does not wait for others."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """A group of commands; `modules` says where the function of each name lives."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order that they were listed in."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None where there is no such one."""
        if cmd_name not in self._modules:
            return None
        function = cmd_name.replace("-", "_")
        command: click.Command = getattr(importlib.import_module(self._modules[cmd_name]), function)
        return command
