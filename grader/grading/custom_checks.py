"""Checks that an author wrote: an answer may be right and not the reference's."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.errors import BrokenGraderError
from grader.exercise.definition import Case, place_of
from grader.exercise.silent import silent
from grader.grading.value_words import describe
from grader.records import Inputs, Value

_KINDS: dict[str, type | tuple[type, ...]] = {
    "row": (list, tuple),
    "set": (set, frozenset),
    "dict": dict,
    "text": str,
    "bytes": bytes,
    "array": np.ndarray,
}
# A check may take long for what is long: nothing bounds it here.
MAX_TIMES, MAX_MORE = 10, 1000


def allowed(case: Case, inputs: Inputs, wanted: Value, answer: Value) -> str | None:
    """Return what an author's check says against an answer; None where it has nothing against it.

    An answer of another kind than the one wanted is not shown to it. What it stumbles over is the
    answer's fault, since it does not stumble over the right one: `grader prove` sees to that.

    Raises
    ------
    BrokenGraderError
        It returns something else than nothing or a sentence.
    """
    if not _is_of_one_kind(answer, wanted):
        return f"the function returned {describe(answer)}, wanted {describe(wanted)}"
    if _size_of(answer) > MAX_TIMES * _size_of(wanted) + MAX_MORE:
        return f"the function returned {describe(answer)}, which holds far more than is wanted"
    if _holds(_is_nan, answer) and not _holds(_is_nan, wanted):  # for which no comparison is true
        return "there is nan in it, and in a right one there is none"
    if _holds(_is_complex, answer) and not _holds(_is_complex, wanted):  # 1j is of length one, too
        return "there are complex numbers in it, and in a right one there are none"
    try:
        return ask(case, inputs, answer, wanted)
    except BrokenGraderError:
        raise
    except Exception as error:
        return f"there is something in it that has no place there ({type(error).__name__}: {error})"


def ask(case: Case, inputs: Inputs, answer: Value, wanted: Value) -> str | None:
    """Return what a check says of an answer, whatever it raises."""
    assert case.check is not None
    given = Inputs((answer, wanted, *inputs.args), inputs.kwargs).copy()
    with silent(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        said = case.check(*given.args, **given.kwargs)
    if said is None or isinstance(said, str):
        return said or None
    raise BrokenGraderError(
        f"the check {case.check.__name__} returned {describe(said)}, not nothing or a sentence",
        where=place_of(case.check),
        next="The course is at fault here, not your code. Please report this line.",
    )


def _size_of(value: Value) -> int:
    """Return of how many numbers and letters something is, however they are nested."""
    if isinstance(value, np.ndarray):
        return int(value.size)
    if isinstance(value, (str, bytes)):
        return len(value)
    if isinstance(value, dict):
        return len(value) + sum(map(_size_of, value.values()))
    if isinstance(value, (list, tuple, set, frozenset)):
        return len(value) + sum(map(_size_of, value))
    return 1


def _holds(found: Callable[[np.ndarray[Any, Any]], bool], value: Value) -> bool:
    """Tell whether something is found in any numbers of a value, however they are nested."""
    if isinstance(value, dict):
        return any(_holds(found, each) for each in (*value, *value.values()))
    if isinstance(value, (list, tuple, set, frozenset)):
        return any(_holds(found, each) for each in value)
    is_number = isinstance(value, (float, complex, np.ndarray, np.generic))
    return is_number and found(np.asarray(value))


def _is_nan(array: np.ndarray[Any, Any]) -> bool:
    return array.dtype.kind in "fc" and bool(np.isnan(array).any())


def _is_complex(array: np.ndarray[Any, Any]) -> bool:
    return array.dtype.kind == "c" and bool(array.imag.any())


def _is_of_one_kind(answer: Value, wanted: Value) -> bool:
    return _kind_of(answer) == _kind_of(wanted)


def _kind_of(value: Value) -> str:
    for kind, types in _KINDS.items():
        if isinstance(value, types) and (kind != "array" or np.ndim(value)):  # type: ignore[arg-type]
            return kind
    return "nothing" if value is None else "number"
