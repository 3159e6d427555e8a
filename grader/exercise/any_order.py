"""A check for answers whose parts may stand in any order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.exercise.truths import told_apart, truths_in

_ROWS = list, tuple, np.ndarray


def in_any_order(
    answer: Sequence[Any], wanted: Sequence[Any], rtol: float = 1e-6, atol: float = 1e-8
) -> str | None:
    """Say what an answer has that is not wanted, or lacks; nothing where only the order differs.

    Parameters
    ----------
    answer, wanted : (n, ...)
        Lists, tuples or arrays. Numbers and rows of numbers, complex ones too, are alike within
        `rtol` of the wanted one and `atol`; whatever else is there has to be equal.
    """
    left = list(wanted)
    for item in answer:
        place = next((k for k, each in enumerate(left) if _alike(item, each, rtol, atol)), None)
        if place is None:
            return f"{_shown(item)} is not wanted, or not as often"
        del left[place]
    return f"{_shown(left[0])} is missing" if left else None


def _shown(item: Any) -> str:
    """Return a part as it is told: a text in quotation marks, where it has no lines of its own."""
    return repr(str(item)) if isinstance(item, str) else str(item)


def _alike(one: Any, other: Any, rtol: float, atol: float) -> bool:
    one, other = (each[()] if isinstance(each, np.ndarray) else each for each in (one, other))
    near, far = _numbers(one), _numbers(other)
    if near is not None and far is not None:
        return near.shape == far.shape and _are_near(near, far, rtol, atol)
    if isinstance(one, dict) and isinstance(other, dict):
        same = one.keys() == other.keys() and truths_in(one).keys() == truths_in(other).keys()
        return same and all(_alike(one[key], other[key], rtol, atol) for key in one)
    are_rows = {isinstance(each, _ROWS) for each in (one, other)}
    if are_rows == {True}:
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(_alike(*pair, rtol, atol) for pair in pairs)
    return True not in are_rows and bool(told_apart(one) == told_apart(other))


def _numbers(value: Any) -> np.ndarray[Any, Any] | None:
    """Return a number, or a row of nothing but numbers, as an array: True is none."""
    if isinstance(value, (list, tuple)) and not all(_is_number(each) for each in value):
        return None
    array = np.asarray(value)
    return array if array.dtype.kind in "iufc" or (array.size and _is_number(value)) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, complex, np.number)) and not isinstance(value, bool)


def _are_near(
    near: np.ndarray[Any, Any], far: np.ndarray[Any, Any], rtol: float, atol: float
) -> bool:
    kinds = {near.dtype.kind, far.dtype.kind}
    if kinds <= set("iuO"):  # whole numbers are exact, and have no end in Python
        return bool(np.all(near.astype(object) == far.astype(object)))
    wide = complex if "c" in kinds else float  # in a narrow type a difference would be lost
    near, far = near.astype(wide), far.astype(wide)
    with np.errstate(invalid="ignore"):
        close = np.isfinite(far) & (np.abs(near - far) <= atol + rtol * np.abs(far))
    return bool(np.all(close | (near == far) | (np.isnan(near) & np.isnan(far))))
