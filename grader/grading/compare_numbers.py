"""Two numbers, or two arrays of them, become a `Difference`: in shape, or which and how far."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.grading.tolerance import Tolerance, largest
from grader.grading.value_words import describe, pair, plain
from grader.records import Difference, Value

Array = np.ndarray[Any, Any]
_ALL_WHOLE = np.float64(2**53)  # up to here float64 has a number of its own for each whole one


def is_numeric(value: Value) -> bool:
    """Tell whether `value` is a number or an array of them."""
    return isinstance(value, (np.ndarray, np.generic, bool, int, float, complex))


def number_difference(
    yours: Value, wanted: Value, tolerance: Tolerance, symbols: str
) -> Difference | None:
    """Return how `yours` differs from a number or an array; whole numbers have to be exact.

    `symbols` is the shape wanted, as the docstring gives it.
    """
    is_array = np.ndim(wanted) > 0
    if not is_numeric(yours):
        asked = "an array" if is_array else "a number"
        return Difference("type", f"{describe(yours)}, wanted {asked}{_hint(yours, is_array)}")
    if not is_array and not np.ndim(yours):
        return _scalar_difference(plain(yours), plain(wanted), tolerance)
    mine, target = np.asarray(yours), np.asarray(wanted)
    if mine.shape != target.shape:
        meaning = f", that is {symbols}" if symbols.strip("(.)") else ""
        return Difference("shape", f"the shape is {mine.shape}, wanted {target.shape}{meaning}")
    if target.dtype.kind in "biu":
        wrong = _differ_exactly(mine, target)
    else:
        wrong = ~tolerance.near(_comparable(mine), _comparable(target))
    return _entries_difference(mine, target, wrong) if wrong.any() else None


def _differ_exactly(mine: Array, target: Array) -> Array:
    """Return which entries are not the whole numbers wanted.

    Beyond some size a float is equal to several of these, until both are numbers of Python's.
    """
    wrong = np.asarray(mine != target)
    if mine.dtype.kind in "fc":
        unsure = ~wrong & (np.abs(mine.real) >= _ALL_WHOLE)
        pairs = zip(mine.real[unsure].tolist(), target[unsure].tolist(), strict=True)
        wrong[unsure] = [int(yours) != wanted for yours, wanted in pairs]
    return wrong


def _hint(yours: Value, is_array: bool) -> str:
    if isinstance(yours, tuple):
        return ": return only that"
    if isinstance(yours, list) and is_array:
        return ": np.array(…) makes one of it"
    return ""


def _scalar_difference(yours: Any, wanted: Any, tolerance: Tolerance) -> Difference | None:
    if yours == wanted:
        return None
    is_exact = isinstance(wanted, (bool, int))
    if not is_exact and not _is_giant(yours) and _is_near(yours, wanted, tolerance):
        return None
    kind = "nan" if _is_finite(wanted) and not _is_finite(yours) else "values"
    return Difference(kind, pair(yours, wanted), (), (), np.asarray(True))


def _is_near(yours: Any, wanted: Any, tolerance: Tolerance) -> bool:
    mine, theirs = (_comparable(np.asarray(value)) for value in (yours, wanted))
    return bool(tolerance.near(mine, theirs))


def _is_giant(number: Any) -> bool:
    """Tell whether this is a whole number that no float can hold."""
    return isinstance(number, int) and number.bit_length() > 1023


def _is_finite(number: Any) -> bool:
    return isinstance(number, int) or bool(np.isfinite(number))


def _entries_difference(mine: Array, target: Array, wrong: Array) -> Difference:
    first = tuple(int(i) for i in np.argwhere(wrong)[0])
    yours, wanted = _comparable(mine), _comparable(target)
    lost = wrong & ~np.isfinite(yours) & np.isfinite(wanted)
    count = f"{int(wrong.sum())} of {wrong.size} entries differ"
    place = f"the first at {list(first)}: {pair(mine[first], target[first])}"
    if target.dtype == np.bool_:
        return Difference("values", f"{count}; {place}", (), first, wrong)
    if lost.any():
        what = "nan" if np.isnan(yours[lost]).any() else "infinite"
        text = f"{count}, {int(lost.sum())} of them {what}; {place}"
        return Difference("nan", text, (), first, wrong)
    far = _say_how_far(yours, wanted, wrong & np.isfinite(wanted))
    return Difference("values", f"{count}; {place}{far}", (), first, wrong)


def _say_how_far(yours: Array, wanted: Array, wrong: Array) -> str:
    """Return how far off the wrong entries are, and of close ones whether all are as far off."""
    with np.errstate(all="ignore"):
        signed = (yours - wanted)[wrong]
        distances = np.abs(signed)
    if not distances.size:
        return ""
    furthest, is_one = distances.max(), distances.size == 1
    if furthest == 0:  # whole numbers that floats do not tell apart
        return ""
    if is_one or furthest > 1e-3 * largest(wanted) or distances.min() < 0.8 * furthest:
        return f"; the largest difference is {furthest:.2g}"
    ways = {"too large" if step > 0 else "too small" for step in signed.real}
    return f"; each is {ways.pop() if len(ways) == 1 else 'off'} by about {furthest:.1g}"


def _comparable(array: Array) -> Array:
    return array if array.dtype.kind == "c" else array.astype(np.float64)
