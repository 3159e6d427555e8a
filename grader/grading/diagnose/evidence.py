"""How much it says that two answers agree: agreement may be a coincidence.

What counts are distinct finite numbers that are not the right ones, and are those of a hypothesis.
That both raise an error of one type, or are nan, zero or empty, says next to nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import permutations
from typing import Any

import numpy as np

from grader.course.sketches import Sketch
from grader.grading.checks import answer_difference
from grader.grading.diagnose.sketched import is_sketched, once
from grader.grading.tolerance import Tolerance
from grader.grading.trials import Trial
from grader.records import Answer, Raised, Returned, Value

ENOUGH = 2  # distinct numbers, over all checks; a single one may be an accident
ROUND = 1200  # a number that is no multiple of 1 / ROUND counts twice: nobody meets it by chance
PLAIN = (0.0, 1.0)  # what masks and one-hot rows consist of
SHORT = 4  # entries of a list that are compared in every order
TRUTHS = 4  # entries of an array of booleans that say as much as a number


def agree(one: Answer, other: Answer, tolerance: Tolerance) -> bool:
    """Tell whether two answers to a trial return the same values, or raise the same exception.

    A short list may have them in another order, if a check of the author's allows the right ones in
    that order, too. Not so where the other is the right one: whether it is that, the check knows.
    """
    if _agree_in_order(one, other, tolerance):
        return True
    if not (tolerance.allows and isinstance(one, Returned) and _is_short_row(one.value)):
        return False
    if isinstance(other, Returned) and other.value is tolerance.right:
        return False
    if not isinstance(tolerance.right, (list, tuple)) or len(tolerance.right) != len(one.value):
        return False
    return any(
        _agree_in_order(one._replace(value=[one.value[n] for n in order]), other, tolerance)
        and tolerance.allows(_ordered_as(tolerance.right, order)) is None
        for order in permutations(range(len(one.value)))
    )


def _ordered_as(row: Sequence[Value], order: Sequence[int]) -> list[Value]:
    """Return a row of which `[ordered[n] for n in order]` makes what it was."""
    return [item for _, item in sorted(zip(order, row, strict=True), key=lambda pair: pair[0])]


def _is_short_row(value: Value) -> bool:
    return isinstance(value, (list, tuple)) and 1 < len(value) <= SHORT


def _agree_in_order(one: Answer, other: Answer, tolerance: Tolerance) -> bool:
    if isinstance(one, Returned) and isinstance(other, Returned):
        mine, theirs = one.value, other.value
        if isinstance(theirs, Sketch):
            return is_sketched(mine, theirs, tolerance)
        if isinstance(mine, Sketch):
            return is_sketched(theirs, mine, tolerance)
        are_arrays = isinstance(mine, np.ndarray) and isinstance(theirs, np.ndarray)
        if are_arrays and not tolerance.allows:
            if mine.shape != theirs.shape:
                return False
            if mine.dtype.kind in "fbiu" and theirs.dtype.kind == "f":
                return bool(tolerance.near(mine.astype(float), theirs.astype(float)).all())
    return answer_difference(one, other, tolerance) is None


def say_the_same(theirs: Answer, ours: Answer, trial: Trial, word_for_word: bool) -> bool:
    """Tell whether two exceptions say the same, where none is wanted; names and numbers apart."""
    if not (isinstance(theirs, Raised) and isinstance(ours, Raised)):
        return True
    if isinstance(trial.wanted, Raised) or trial.case.hidden:  # whose words were taken away
        return True
    if word_for_word:
        return theirs.message.startswith(ours.message)
    return _words(theirs.message).startswith(_words(ours.message))


def _words(message: str) -> str:
    return re.sub(r"'[^']*'|\d+", "", message)


def evidence(
    theirs: Answer, other: Answer, tolerance: Tolerance, with_patterns: bool = True
) -> int:
    """Return how many distinct numbers an answer has that are not plain, nor those of another.

    A pattern counts as well: which entries are lost, or true, and which are not.
    """
    if not isinstance(theirs, Returned):
        return 0
    wanted = other.value if isinstance(other, Returned) else None
    if _is_built_otherwise(theirs.value, wanted):
        return min(ENOUGH, len(theirs.value))
    pairs = _paired(theirs.value, wanted)
    return sum(_numbers(*pair, tolerance, with_patterns) for pair in pairs)


def _is_built_otherwise(yours: Value, wanted: Value) -> bool:
    """Tell whether a list, a set or a dict has something in it, and not as much as is wanted."""
    is_nest = isinstance(yours, (list, set, frozenset, dict)) and bool(yours)
    if not is_nest or not isinstance(wanted, (list, set, frozenset, dict)):
        return is_nest
    are_dicts = isinstance(yours, dict) and isinstance(wanted, dict)
    return len(yours) != len(wanted) or (are_dicts and set(yours) != set(wanted))


class Certainty(IntEnum):
    """How sure it is that answers which are those of a hypothesis come from it."""

    NONE = 0
    MAY_BE = 1
    FACT = 2


def certainty(agreed: Sequence[tuple[Trial, Answer, Answer]]) -> Certainty:
    """Return how sure it is that answers to trials, as they are a hypothesis's, come from it.

    Exceptions have to say the same, word for word where nothing is right. Where nothing but these,
    nan and the like speaks for a hypothesis, what is right has to speak for it, too: it says so of
    half of them, or it is one explanation among others.
    """
    wrong = [
        (trial, theirs, ours)
        for trial, theirs, ours in agreed
        if not once(agree, theirs, trial.wanted, trial.tolerance)
    ]
    is_all = len(wrong) == len(agreed)
    if not all(say_the_same(theirs, ours, trial, is_all) for trial, theirs, ours in wrong):
        return Certainty.NONE
    weight = sum(once(evidence, a, trial.wanted, trial.tolerance) for trial, a, _ in wrong)
    enough = min(ENOUGH, len(agreed))  # a single check may have no more than one number
    if not wrong or weight >= enough or 2 * len(wrong) <= len(agreed):
        return Certainty.FACT
    has_raised = all(isinstance(theirs, Raised) for _, theirs, _ in wrong)
    return Certainty.MAY_BE if has_raised or not is_all else Certainty.NONE


def _paired(yours: Value, wanted: Value) -> Iterator[tuple[Value, Value]]:
    if _is_row_of_truths(yours):
        yield np.array(yours), np.array(wanted) if _is_row_of_truths(wanted) else None
    elif isinstance(yours, (list, tuple)):
        others = wanted if isinstance(wanted, (list, tuple)) else ()
        for index, item in enumerate(yours):
            yield from _paired(item, others[index] if index < len(others) else None)
    elif isinstance(yours, dict):
        for key, item in yours.items():
            yield from _paired(item, wanted.get(key) if isinstance(wanted, dict) else None)
    elif isinstance(yours, (set, frozenset)):
        right = wanted if isinstance(wanted, (set, frozenset)) else frozenset()
        yield from ((item, None) for item in yours - right)
    else:
        yield yours, wanted


def _is_row_of_truths(value: Value) -> bool:
    """Tell whether this is a list of nothing but True and False: together they may say a lot."""
    is_row = isinstance(value, (list, tuple)) and bool(value)
    return is_row and all(isinstance(item, (bool, np.bool_)) for item in value)


def _numbers(yours: Value, wanted: Value, tolerance: Tolerance, with_patterns: bool) -> int:
    try:
        mine, right = np.asarray(yours), np.asarray(np.nan if wanted is None else wanted)
    except ValueError:  # a nest of several lengths, where an array is wanted
        return 0
    if mine.dtype.kind == "b":
        return _truths(mine, right)
    if mine.dtype.kind not in "fiu":
        return _texts(yours, wanted) if mine.dtype.kind in "USc" else 0
    mine = mine.astype(float)
    if mine.size >= 2 * TRUTHS and np.isin(mine, PLAIN).all():
        return _truths(mine.astype(bool), right)
    is_like = right.shape == mine.shape and right.dtype.kind in "fiub"
    near = tolerance.near(mine, right.astype(float)) if is_like else np.zeros(mine.shape, bool)
    return max(_weight(mine[~near]), _pattern(mine, near) if with_patterns else 0)


def _weight(wrong: Any) -> int:
    """Return how many distinct numbers there are; one that nobody meets by chance counts twice."""
    with np.errstate(over="ignore", invalid="ignore"):  # of what is too large to be rounded
        numbers = np.unique(wrong[np.isfinite(wrong) & ~np.isin(wrong, PLAIN)].round(9))
        return len(numbers) + int(np.count_nonzero(abs(numbers * ROUND % 1.0 - 0.5) < 0.499))


def _texts(yours: Any, wanted: Any) -> int:
    """Return how much a text, or a complex number, says: a long one is no accident."""
    is_right = type(yours) is type(wanted) and np.array_equal(yours, wanted)
    if is_right or (isinstance(yours, (str, bytes)) and not yours):
        return 0
    return ENOUGH if np.size(yours) > 1 or len(str(yours)) > TRUTHS else 1


def _pattern(mine: Any, near: Any) -> int:
    """Return how much it says which numbers are lost, or wrong, and which are not."""
    lost = ~np.isfinite(mine)
    if lost.any() and not lost.all() and mine.size >= TRUTHS:
        return ENOUGH
    is_parted = near.any() and not near.all()
    return ENOUGH if is_parted and _weight(mine[near]) >= ENOUGH else 0


def _truths(mine: Any, wanted: Any) -> int:
    """Return how much a pattern of True and False says.

    Nothing where all entries are the same, or where there is one of a kind in every row.
    """
    if not mine.any() or mine.all() or mine.size < TRUTHS or (mine.sum(axis=-1) == 1).all():
        return 0
    same = wanted.shape == mine.shape and bool((mine == wanted).all())
    return 0 if same else ENOUGH


def fingerprint(answer: Answer) -> object:
    """Return what is the same for answers that are the same but for rounding, mostly."""
    if not isinstance(answer, Returned):
        return answer.type if isinstance(answer, Raised) else answer
    parts = []
    for leaf, _ in _paired(answer.value, None):
        array = np.asarray(leaf)
        if array.dtype.kind in "fiub":
            with np.errstate(over="ignore"):  # what is too large to be rounded is infinite
                parts.append((array.shape, (array.astype(float).round(7) + 0.0).tobytes()))
        else:
            parts.append((array.shape, repr(leaf).encode()))
    return tuple(parts)
