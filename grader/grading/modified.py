"""What a call did to its arguments."""

from __future__ import annotations

import numpy as np

from grader.grading.compare import Path, leaves
from grader.records import Inputs, Value


def modified(before: Inputs, after: Inputs) -> tuple[tuple[str, Path], ...]:
    """Return what a call did to its arguments: "changed", "removed" or "added", and the path."""
    if before is after:
        return ()
    if _is_untouched(before.args, after.args) and _is_untouched(before.kwargs, after.kwargs):
        return ()
    old, new = (dict(leaves((i.args, i.kwargs))) for i in (before, after))
    removed = [("removed", path) for path in old if path not in new]
    added = [("added", path) for path in new if path not in old]
    both = [path for path in old if path in new]
    changed = [("changed", path) for path in both if not _identical(old[path], new[path])]
    return tuple(changed + removed + added)


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
