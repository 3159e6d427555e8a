"""Which calls of an exercise share a process: none that is given what another is to answer.

Whatever is sent to a process, the file that runs in it may read, be it called with that or not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, permutations
from math import prod
from typing import Any, NamedTuple

import numpy as np

from grader.grading.trials import Paper, Trial, once_a_paper
from grader.records import Returned, Value

MANY = 8  # so many truths, or numbers of a row of an answer, are no guess
VARIED = 3  # nor are so many different numbers in a row of what is given
DECIMALS = 3  # a number of more of them is no guess, wherever it stands
LARGE = 10_000  # nor is a whole one from here on,
ALONE = 1, 100  # or from here on where it is an answer: so many decimals, or so large
LONG = 6  # characters of a text that is known again within a longer one

Array = np.ndarray[Any, Any]
_WIDTH = np.dtype(np.float32).itemsize  # in which numbers are compared, so that rounding is none


class _Parts(NamedTuple):
    """What of a value is known again: arrays and rows, in order of size, numbers, and texts."""

    rows: frozenset[bytes]
    numbers: Array
    texts: frozenset[str]


class _Leaves(NamedTuple):
    """The arrays and the texts of a nest; a number, or a list of numbers, is an array."""

    arrays: Sequence[Array]
    texts: frozenset[str]


class _Call(NamedTuple):
    """What is given to a call, and what of its answer is no guess."""

    function: str
    name: str
    given: _Parts
    answer: _Parts


def group_of(paper: Paper, trial: Trial) -> str:
    """Return the name of the group of calls that a trial's shares a process with."""
    function, name = trial.case.function, trial.case.name
    if (function, name) in telling_calls(paper):
        return f"{function} {name}"
    return function if tell_each_other(paper) else ""


@once_a_paper
def tell_each_other(paper: Paper) -> bool:
    """Tell whether some of an answer is among the inputs of another function.

    It may be in another order, shape or dtype: what is split is joined by the next function.
    """
    every = _calls(paper)
    functions = {name: [each for each in every if each.function == name] for name, *_ in every}
    given = {name: _together(each.given for each in calls) for name, calls in functions.items()}
    answers = {name: _together(each.answer for each in calls) for name, calls in functions.items()}
    return any(_tells(given[one], answers[other]) for one, other in permutations(functions, 2))


@once_a_paper
def telling_calls(paper: Paper) -> frozenset[tuple[str, str]]:
    """Return the function and name of each check that is given what another one of it answers.

    What that one is given itself tells nothing: there are functions that change little.
    """
    found = set()
    for function in {call.function for call in _calls(paper)}:
        calls = [call for call in _calls(paper) if call.function == function]
        fresh = [call.answer._replace(rows=call.answer.rows - call.given.rows) for call in calls]
        if not _tells(_together(call.given for call in calls), _together(fresh)):
            continue  # at once, as nearly always
        for number, call in enumerate(calls):
            others = fresh[:number] + fresh[number + 1 :]
            if others and _tells(call.given, _together(others)):
                found.add((function, call.name))
    return frozenset(found)


@once_a_paper
def _calls(paper: Paper) -> tuple[_Call, ...]:
    """Return the calls of a paper, but for those of memory, which have a process each.

    Only what is among the inputs of some call and the answers of some call can tell anything.
    """
    trials = [trial for trial in paper.trials if not trial.case.memory]
    given = [_leaves((t.inputs.args, t.inputs.kwargs), with_names=True) for t in trials]
    wanted = [_leaves(t.wanted.value if isinstance(t.wanted, Returned) else None) for t in trials]
    common = np.intersect1d(_every_number(given), _every_number(wanted))
    common = common[common != 0]  # beside which a row has another one
    with np.errstate(all="ignore"):
        answers = [_of_an_answer(each) for each in _with_some_of(common, wanted)]
        lengths = frozenset(len(row) for answer in answers for row in answer.rows)
        inputs = [_of_what_is_given(each, lengths) for each in _with_some_of(common, given)]
    return tuple(map(_call_of, trials, inputs, answers))


def _call_of(trial: Trial, given: _Parts, answer: _Parts) -> _Call:
    fresh = answer.numbers[~_are_in(answer.numbers, given.numbers)]
    answer = _Parts(answer.rows, fresh, answer.texts - given.texts)
    return _Call(trial.case.function, trial.case.name, given, answer)


def _of_what_is_given(leaves: _Leaves, lengths: frozenset[int]) -> _Parts:
    """Return what is known again of inputs; of rows those that have the length of an answer's."""
    rows = (_rows(array, 2, lengths) for array in leaves.arrays)
    numbers = _numbers(leaves.arrays)
    return _Parts(frozenset(chain.from_iterable(rows)), numbers, leaves.texts)


def _of_an_answer(leaves: _Leaves) -> _Parts:
    """Return what of an answer is no guess; the names in a dict are none of it."""
    rows = frozenset(chain.from_iterable(_rows(array, MANY) for array in leaves.arrays))
    alone = _odd(_numbers([array for array in leaves.arrays if array.size == 1]), *ALONE)
    others = [array for array in leaves.arrays if array.size > 1]
    odd = np.concatenate([alone, _odd(_numbers(others), DECIMALS, LARGE)])
    return _Parts(rows, odd, leaves.texts)


def _every_number(every: Sequence[_Leaves]) -> Array:
    return _numbers([array for leaves in every for array in leaves.arrays])


def _with_some_of(common: Array, every: Sequence[_Leaves]) -> Iterator[_Leaves]:
    """Yield what is left without arrays that have no number in common."""
    arrays = [array for leaves in every for array in leaves.arrays if array.dtype.kind != "b"]
    sizes = [(2 if array.dtype.kind == "c" else 1) * array.size for array in arrays]
    is_common = np.isin(_numbers(arrays), common)
    starts = np.cumsum([0, *sizes[:-1]])
    has_some = iter(np.logical_or.reduceat(is_common, starts).tolist() if arrays else ())
    for leaves in every:
        kept = [array for array in leaves.arrays if array.dtype.kind == "b" or next(has_some)]
        yield leaves._replace(arrays=kept)


def _tells(given: _Parts, answer: _Parts) -> bool:
    """Tell whether what is given has something of an answer."""
    if given.rows & answer.rows or given.texts & answer.texts:
        return True
    if _are_in(answer.numbers, given.numbers).any():
        return True
    long = [text for text in answer.texts if len(text) >= LONG]
    return any(text in longer for text in long for longer in given.texts)


def _are_in(numbers: Array, others: Array) -> Array:
    """Tell of each number whether it is among others."""
    if not numbers.size:
        return np.zeros(0, bool)
    known = frozenset(others.tolist())
    return np.array([number in known for number in numbers.tolist()], bool)


def _together(every: Iterable[_Parts]) -> _Parts:
    rows, numbers, texts = zip(*every, strict=True)
    return _Parts(frozenset().union(*rows), np.concatenate(numbers), frozenset().union(*texts))


def _leaves(value: Value, with_names: bool = False) -> _Leaves:
    arrays, texts, waiting = list[Array](), set[str](), [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += (key for key in each if with_names or not isinstance(key, str))
            each = list(each.values())
        if isinstance(each, (str, bytes)):
            texts.add(each.decode("latin-1") if isinstance(each, bytes) else each)
        elif isinstance(each, (list, tuple, set, frozenset)) and not _are_numbers(each):
            waiting += each
        elif each is not None:
            array = np.asarray(list(each) if isinstance(each, (set, frozenset)) else each)
            arrays += [array] if array.dtype.kind in "biufc" and array.size else []
            texts.update(map(str, array.flat) if array.dtype.kind == "O" else ())
    return _Leaves(arrays, frozenset(text for text in texts if len(text) > 1))


def _are_numbers(values: Collection[Value]) -> bool:
    return all(isinstance(each, (int, float, complex)) for each in values)


def _rows(array: Array, least: int, lengths: frozenset[int] | None = None) -> Iterator[bytes]:
    """Yield the numbers of an array, and of its parts along its first axes, in order of size.

    Of rows with at least so many numbers, and if asked for, so many bytes.
    """
    if array.dtype.kind == "b":
        yield from _masks(array, is_whole=lengths is None)
        return
    for axis, width in _axes(array.shape, array.dtype.kind == "c", least, lengths):
        numbers = _in_one_dtype(array) + 0.0  # -0.0 is 0.0
        rows = np.sort(numbers.reshape(-1, width), axis=1)
        different = (rows[:, 1:] != rows[:, :-1]).sum(axis=1) + 1
        yield from map(bytes, rows[different >= (VARIED if axis else 2)])


@lru_cache(maxsize=1000)
def _axes(
    shape: tuple[int, ...], is_complex: bool, least: int, lengths: frozenset[int] | None
) -> tuple[tuple[int, int], ...]:
    """Return the axes along which an array has rows that are looked at, and how long these are."""
    widths = [(2 if is_complex else 1) * prod(shape[axis:]) for axis in range(max(len(shape), 1))]
    return tuple(
        (axis, width)
        for axis, width in enumerate(widths)
        if width >= (least if axis else 2) and (lengths is None or _WIDTH * width in lengths)
    )


def _masks(array: Array, is_whole: bool) -> Iterator[bytes]:
    """Yield truths in order of size, and as they stand, with their parts unless they go together.

    How many are true in a part is a guess.
    """
    if array.size >= MANY and array.any() and not array.all():
        yield np.sort(array, axis=None).tobytes()
    for axis in range(1 if is_whole else array.ndim):
        rows = array.reshape(int(np.prod(array.shape[:axis])), -1)
        if rows.shape[1] >= MANY:
            varied = rows[rows.any(axis=1) & ~rows.all(axis=1)]
            yield from (b"in order " + row.tobytes() for row in varied)


def _in_one_dtype(array: Array) -> Array:
    """Return numbers in a row, as they are compared, complex ones as pairs."""
    kind, part = (np.complex64, np.float32) if array.dtype.kind == "c" else (np.float32,) * 2
    numbers: Array = array.astype(kind, order="C").reshape(-1).view(part)
    return numbers


def _numbers(arrays: Sequence[Array]) -> Array:
    """Return all numbers of arrays that are no masks."""
    flat = [array.reshape(-1) for array in arrays if array.dtype.kind != "b"]
    return _in_one_dtype(np.concatenate(flat)) if flat else np.zeros(0, np.float32)


def _odd(numbers: Array, decimals: int, large: float) -> Array:
    """Return the numbers that have more decimals, or are as large: no guess."""
    if not numbers.size:
        return numbers
    numbers = numbers[np.isfinite(numbers)]
    is_short = np.round(numbers.astype(float), decimals).astype(np.float32) == numbers
    odd: Array = numbers[~is_short | (np.abs(numbers) >= large)]
    return odd
