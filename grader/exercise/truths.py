"""True is not 1, though Python's dicts and sets take the one for the other."""

from __future__ import annotations

from typing import Any

import numpy as np


def told_apart(value: Any) -> Any:
    """Return a value in which whatever is True or False is equal to no number any more."""
    if isinstance(value, (bool, np.bool_)):
        return ("truth", bool(value))
    if isinstance(value, (list, tuple)):
        return tuple(map(told_apart, value))
    if isinstance(value, (set, frozenset)):
        return frozenset(map(told_apart, value))
    return value


def truths_in(values: Any) -> dict[Any, Any]:
    """Return those values that are or hold a truth value, by how they are told apart."""
    found = ((told_apart(value), value) for value in values)
    return {apart: value for apart, value in found if apart != value}
