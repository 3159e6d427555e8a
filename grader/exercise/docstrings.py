"""What the docstring of a reference says of its results and of the sizes of its parameters."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

# A line such as `weights : array of bool, (..., n_query, n_key)`.
_ENTRY = re.compile(r"^(\w+) : [^(\n]*(\([^()\n]*\))?", re.MULTILINE)


class Result(NamedTuple):
    """The name of a result, and its symbolic shape, which is empty where none is given."""

    name: str
    shape: str


class Size(NamedTuple):
    """Where a size is found: a parameter and one of its axes, counted from the end."""

    parameter: str
    axis: int


class Docstring(NamedTuple):
    """The results in order, each size by its symbol, where it first occurs, and the shapes.

    The symbols of a parameter's shape begin with "..." where it may have batch axes.
    """

    results: tuple[Result, ...]
    sizes: Mapping[str, Size]
    shapes: Mapping[str, tuple[str, ...]]


def docstring_of(function: Callable[..., Any]) -> Docstring:
    """Return what the sections Parameters, Returns and Yields of a docstring say, if there."""
    return _parse(function.__doc__ or "")


@lru_cache(maxsize=1024)
def _parse(raw: str) -> Docstring:
    text = inspect.cleandoc(raw.lstrip())  # which takes empty lines off the front one by one
    sizes: dict[str, Size] = {}
    shapes: dict[str, tuple[str, ...]] = {}
    for parameter, shape in _entries(text, "Parameters"):
        symbols = tuple(symbol.strip() for symbol in shape.strip("()").split(",") if symbol.strip())
        shapes[parameter] = symbols
        for axis, symbol in enumerate(reversed(symbols), 1):
            if re.fullmatch(r"[a-z]\w*", symbol):
                sizes.setdefault(symbol, Size(parameter, -axis))
    found = _entries(text, "Returns") or _entries(text, "Yields")
    results = tuple(Result(*entry) for entry in found)
    return Docstring(results, sizes, shapes)


def _entries(text: str, section: str) -> list[tuple[str, str]]:
    """Return the name and the shape of every entry in a section of a docstring."""
    found = re.search(rf"^{section}\n-{{3,}}\n(.*?)(?:\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    return _ENTRY.findall(found[1]) if found else []
