"""How much it says that two answers agree: agreement may be a coincidence.

What counts are distinct finite numbers that are not the right ones, and are those of a hypothesis.
That both raise an error of one type, or are nan, zero or empty, says next to nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from grader.grading.checks import answer_difference
from grader.grading.compare import Tolerance
from grader.grading.trials import Trial
from grader.records import Answer, Raised, Returned, Value

ENOUGH = 2  # distinct numbers, over all checks; a single one may be an accident
PLAIN = (0.0, 1.0)  # what masks and one-hot rows consist of
TRUTHS = 4  # entries of an array of booleans that say as much as a number


def agree(one: Answer, other: Answer, trial: Trial) -> bool:
    """Tell whether two answers to a trial return the same values, or raise the same exception."""
    tolerance = Tolerance.of(trial.inputs)
    if isinstance(one, Returned) and isinstance(other, Returned):
        mine, theirs = one.value, other.value
        if isinstance(mine, np.ndarray) and isinstance(theirs, np.ndarray):
            if mine.shape != theirs.shape:
                return False
            if mine.dtype.kind in "fbiu" and theirs.dtype.kind in "fbiu":
                return bool(tolerance.near(mine.astype(float), theirs.astype(float)).all())
    return answer_difference(one, other, tolerance) is None


def evidence(theirs: Answer, other: Answer, trial: Trial) -> int:
    """Return how many distinct numbers an answer has that are not plain, nor those of another."""
    if not isinstance(theirs, Returned):
        return 0
    wanted = other.value if isinstance(other, Returned) else None
    tolerance = Tolerance.of(trial.inputs)
    return sum(_numbers(*pair, tolerance) for pair in _paired(theirs.value, wanted))


def same_words(theirs: Answer, ours: Answer, trial: Trial) -> bool:
    """Tell whether an exception that nobody wants says the same as ours, numbers apart."""
    if not (isinstance(theirs, Raised) and isinstance(ours, Raised)):
        return True
    return not isinstance(trial.wanted, Raised) and _words(theirs).startswith(_words(ours))


def _words(raised: Raised) -> str:
    return re.sub(r"\d+", "", raised.message)


def _paired(yours: Value, wanted: Value) -> Iterator[tuple[Value, Value]]:
    if isinstance(yours, (list, tuple)):
        others = wanted if isinstance(wanted, (list, tuple)) else ()
        for index, item in enumerate(yours):
            yield from _paired(item, others[index] if index < len(others) else None)
    elif isinstance(yours, dict):
        for key, item in yours.items():
            yield from _paired(item, wanted.get(key) if isinstance(wanted, dict) else None)
    else:
        yield yours, wanted


def _numbers(yours: Value, wanted: Value, tolerance: Tolerance) -> int:
    try:
        mine = np.asarray(yours)
        if mine.dtype.kind == "b":
            return _truths(mine, np.asarray(wanted))
        if mine.dtype.kind not in "fiu":
            return 0 if wanted is None or mine.dtype.kind != "U" else int(bool(yours != wanted))
        mine = mine.astype(float)
        differs = np.isfinite(mine) & ~np.isin(mine, PLAIN)
        right = np.asarray(wanted) if wanted is not None else np.asarray(np.nan)
        if right.shape == mine.shape and right.dtype.kind in "fiub":
            differs &= ~tolerance.near(mine, right.astype(float))
    except (TypeError, ValueError):
        return 0
    return len(np.unique(mine[differs].round(9)))


def _truths(mine: Any, wanted: Any) -> int:
    """Return how much a pattern of True and False says: nothing where all entries are the same."""
    if not mine.any() or mine.all() or mine.size < TRUTHS:
        return 0
    same = wanted.shape == mine.shape and bool((mine == wanted).all())
    return 0 if same else ENOUGH


def is_enough(found: Iterable[int]) -> bool:
    """Tell whether the evidence of several checks is enough to speak of a cause."""
    return sum(found) >= ENOUGH
