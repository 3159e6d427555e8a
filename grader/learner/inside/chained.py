"""Calls that belong together: what one function hands to another, in whatever form it likes.

An argument may be what another function of the same file returns, and a part of a result may be
that function's own affair. Then no value of it is compared: only how many arrays it holds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

import numpy

RESULT_OF = "result of"


def resolved(value: Any, find: Callable[[str, str], Callable[..., Any]]) -> Any:
    """Return an argument; one that is the result of another call is worked out.

    `find(module, name)` returns the function to call.
    """
    if not (isinstance(value, dict) and RESULT_OF in value):
        return value
    result = find(value["in"], value[RESULT_OF])(*value["args"])
    return result[value["part"]]


def own_function(names: dict[str, Any], _: str, name: str) -> Callable[..., Any]:
    """Return the function of a name among those of the learner's file."""
    function = names.get(name)
    if not callable(function):
        raise NotImplementedError(f"{name} comes first")
    own: Callable[..., Any] = function
    return own


def counted(value: Any, own: tuple[int, int] | None) -> Any:
    """Return a result in which one part is replaced by how many arrays it holds, in words.

    `own` is the number of the part, and how many arrays it may hold. Results may stand in a list,
    as everywhere.
    """
    if own is None or not isinstance(value, (list, tuple)) or len(value) <= own[0]:
        return value
    part, most = own
    held = _arrays_in(value[part])
    words = f"{held} arrays" if held > most else f"at most {most} arrays"
    results = [*value[:part], words, *value[part + 1 :]]
    return results if isinstance(value, list) else tuple(results)


def _arrays_in(value: Any) -> int:
    """Count arrays, also in objects of one's own; nothing is gone through twice."""
    found, waiting, seen = 0, [value], dict[int, Any]()
    while waiting:
        each = waiting.pop()
        if isinstance(each, numpy.ndarray) and each.dtype != object:
            found += 1
        elif id(each) not in seen:
            seen[id(each)] = each
            waiting += _held(each)
    return found


def _held(value: Any) -> Iterable[Any]:
    if isinstance(value, (list, tuple, set, deque)):
        return value
    if isinstance(value, numpy.ndarray):
        return value.flat
    if isinstance(value, (type, ModuleType)):
        return ()
    return (value if isinstance(value, dict) else getattr(value, "__dict__", {})).values()
