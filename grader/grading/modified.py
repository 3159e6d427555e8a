"""What a call did to its arguments."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.grading.compare import Path
from grader.records import Inputs, Value

_KINDS = ("changed", "removed", "added")  # in the order in which they are told


def modified(before: Inputs, after: Inputs) -> tuple[tuple[str, Path], ...]:
    """Return what a call did to its arguments: "changed", "removed" or "added", and the path."""
    if before is after:
        return ()
    if _is_untouched(before.args, after.args) and _is_untouched(before.kwargs, after.kwargs):
        return ()
    found = _differences((before.args, before.kwargs), (after.args, after.kwargs), ())
    return tuple(sorted(found, key=lambda each: _KINDS.index(each[0])))


def _differences(old: Value, new: Value, path: Path) -> Iterator[tuple[str, Path]]:
    """Yield what became of the parts of a nest: one of another type is changed as a whole."""
    kind = next((each for each in (dict, list, tuple) if isinstance(old, each)), None)
    if kind is None or not isinstance(new, kind):  # of a dict, what is asked for comes back as one
        if not _identical(old, new):
            yield "changed", path
        return
    if isinstance(old, dict):
        parts, others = old, new
    else:
        parts, others = dict(enumerate(old)), dict(enumerate(new))
    for key, part in parts.items():
        if key in others:
            yield from _differences(part, others[key], (*path, key))
        else:
            yield "removed", (*path, key)
    yield from (("added", (*path, key)) for key in others if key not in parts)


def _is_untouched(old: Value, new: Value) -> bool:
    """Tell at once of most arguments that they are as they were; False leaves it open."""
    if type(old) is not type(new):
        return False
    if isinstance(old, np.ndarray):
        alike = old.dtype == new.dtype and old.shape == new.shape
        return alike and bool(old.tobytes() == new.tobytes())
    if isinstance(old, dict):
        return old.keys() == new.keys() and all(_is_untouched(old[key], new[key]) for key in old)
    if isinstance(old, (list, tuple)):
        return len(old) == len(new) and all(map(_is_untouched, old, new))
    return bool(old == new)


def _identical(old: Value, new: Value) -> bool:
    if not isinstance(old, np.ndarray):
        return type(old) is type(new) and bool(old == new or old != old)
    if not isinstance(new, np.ndarray) or (old.shape, old.dtype) != (new.shape, new.dtype):
        return False
    return bool(np.array_equal(old, new, equal_nan=old.dtype.kind in "fc"))
