"""The arguments of a call."""

from __future__ import annotations

from typing import Any, NamedTuple

from grader.records.result_of import ResultOf

# Anything the wire can carry: arrays, numbers, strings, booleans, None and nests of those.
Value = Any


class Inputs(NamedTuple):
    """The arguments of one call: `args` by position, `kwargs` by keyword.

    `own` is a part of the result that is not compared, and how many arrays it may hold.
    """

    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    own: tuple[int, int] | None = None

    def copy(self) -> Inputs:
        """Return fresh arguments that share no memory with these."""
        return Inputs(_copied(self.args), _copied(self.kwargs), self.own)


def _copied(value: Value) -> Value:
    """Copy nests and what can be copied in them; `copy.deepcopy` takes several times as long."""
    if isinstance(value, dict):
        copied = {key: _copied(item) for key, item in value.items()}
        return ResultOf(copied) if isinstance(value, ResultOf) else copied
    if isinstance(value, (list, tuple)):
        return type(value)(map(_copied, value))
    return value.copy() if hasattr(value, "copy") else value
