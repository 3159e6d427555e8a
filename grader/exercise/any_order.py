"""A check for answers whose parts may stand in any order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

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
            return f"{item} is not wanted, or not as often"
        del left[place]
    return f"{left[0]} is missing" if left else None


def _alike(one: Any, other: Any, rtol: float, atol: float) -> bool:
    kinds = {_kind(each) for each in (one, other)}
    if kinds <= set("iufc"):
        return _are_near(one, other, rtol, atol)
    if all(isinstance(each, dict) for each in (one, other)):
        same = one.keys() == other.keys()
        return same and all(_alike(one[key], other[key], rtol, atol) for key in one)
    are_rows = {isinstance(each, _ROWS) and getattr(each, "ndim", 1) > 0 for each in (one, other)}
    if are_rows == {True}:
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(_alike(*pair, rtol, atol) for pair in pairs)
    if True in are_rows:
        return False
    return bool(one == other) and ("b" not in kinds or len(kinds) == 1)  # 1 is not True


def _kind(value: Any) -> str:
    """Return the letter that NumPy has for what this holds; "O" where it holds several things."""
    try:
        return np.asarray(value).dtype.kind
    except ValueError:  # rows of several lengths
        return "O"


def _are_near(one: Any, other: Any, rtol: float, atol: float) -> bool:
    near, far = np.asarray(one), np.asarray(other)
    if near.shape != far.shape:
        return False
    if near.dtype.kind in "iu" and far.dtype.kind in "iu":  # exact, and without an end in Python
        return bool(np.all(near.astype(object) == far.astype(object)))
    wide = np.result_type(near, far, float)  # in a narrow type a difference would be lost
    near, far = near.astype(wide), far.astype(wide)
    return bool(np.all(np.abs(near - far) <= atol + rtol * np.abs(far)))
