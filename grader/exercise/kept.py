"""What code keeps from one call to the next, and how it is made to forget that.

It may change its defaults, attributes of a class, or names of its file. What a learner's function
does is asked in a process of its own, and so a mistake of ours has to begin afresh as well.
"""

from __future__ import annotations

import copy
import dis
import inspect
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import numpy as np

_CHANGING = (list, dict, set, bytearray, np.ndarray)
_ASSIGNED = (int, float, str, tuple, type(None))  # where somebody counts, or keeps the last


class Place(NamedTuple):
    """Where something is kept, how it was there at first, and how it is put back."""

    value: Any
    put: Callable[[Any], None]


def kept_by(function: Callable[..., Any]) -> list[Place]:
    """Return what a function or a class may change for its next call, as it is now."""
    places = _of_class(function) if inspect.isclass(function) else _of_function(function)
    return [place._replace(value=copy.deepcopy(place.value)) for place in places]


def put_back(places: list[Place]) -> None:
    """Let everything be as it was."""
    for place in places:
        place.put(copy.deepcopy(place.value))


def _of_function(function: Any) -> Iterator[Place]:
    if not isinstance(function, FunctionType):
        return
    for name in ("__defaults__", "__kwdefaults__"):
        value = getattr(function, name) or {}
        inside = value.values() if isinstance(value, dict) else value
        if any(isinstance(each, _CHANGING) for each in inside):
            yield Place(value, lambda value, name=name: setattr(function, name, value))  # type: ignore[misc]
    names = function.__globals__
    assigned = _assigned_in(function.__code__)
    for name in {*function.__code__.co_names} & {*names}:
        if isinstance(names[name], _CHANGING) or name in assigned:
            yield Place(names[name], lambda value, name=name: names.update({name: value}))  # type: ignore[misc]


@lru_cache(maxsize=4096)  # a mistake is put in place again and again
def _assigned_in(code: CodeType) -> frozenset[str]:
    """Return the names of its file that a function gives another value, as `global` lets it."""
    return frozenset(s.argval for s in dis.get_instructions(code) if s.opname == "STORE_GLOBAL")


def _of_class(made: type) -> Iterator[Place]:
    """Yield what is kept by a class, those in its file that it is made from, and their methods."""
    for each in made.__mro__:
        if each.__module__ != made.__module__ or each.__module__ not in sys.modules:
            continue
        for name, value in list(vars(each).items()):
            if isinstance(value, FunctionType):
                yield from _of_function(value)
            elif not name.startswith("__") and isinstance(value, (*_CHANGING, *_ASSIGNED)):
                yield Place(value, lambda value, name=name, of=each: setattr(of, name, value))  # type: ignore[misc]
