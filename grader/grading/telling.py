"""Which calls of an exercise share a process: none that is given what another is to answer.

Whatever is sent to a process, the file that runs in it may read, be it called with that or not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, permutations
from typing import Any, NamedTuple

import numpy as np

from grader.grading.trials import Paper, Trial, once_a_paper
from grader.records import Answer, Inputs, Returned, Value

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
    """Return the calls of a paper, but for those of memory, which have a process each."""
    trials = [trial for trial in paper.trials if not trial.case.memory]
    with np.errstate(all="ignore"):
        answers = [_of_an_answer(trial.wanted) for trial in trials]
        lengths = {len(row) for answer in answers for row in answer.rows}
        return tuple(_call_of(*each, lengths) for each in zip(trials, answers, strict=True))


def _call_of(trial: Trial, answer: _Parts, lengths: Collection[int]) -> _Call:
    given = _of_what_is_given(trial.inputs, lengths)
    fresh = answer.numbers[~np.isin(answer.numbers, given.numbers)]
    answer = _Parts(answer.rows, fresh, answer.texts - given.texts)
    return _Call(trial.case.function, trial.case.name, given, answer)


def _of_what_is_given(inputs: Inputs, lengths: Collection[int]) -> _Parts:
    """Return what is known again of inputs; of rows those that have the length of an answer's."""
    arrays, texts = _leaves((inputs.args, inputs.kwargs), with_names=True)
    rows = (_rows(array, 2, lengths) for array in arrays)
    return _Parts(frozenset(chain.from_iterable(rows)), _numbers(arrays), texts)


def _of_an_answer(answer: Answer) -> _Parts:
    """Return what of an answer is no guess; the names in a dict are none of it."""
    arrays, texts = _leaves(answer.value if isinstance(answer, Returned) else None)
    rows = frozenset(chain.from_iterable(_rows(array, MANY) for array in arrays))
    alone = _odd(_numbers([array for array in arrays if array.size == 1]), *ALONE)
    others = _odd(_numbers([array for array in arrays if array.size > 1]), DECIMALS, LARGE)
    return _Parts(rows, np.concatenate([alone, others]), texts)


def _tells(given: _Parts, answer: _Parts) -> bool:
    """Tell whether what is given has something of an answer."""
    if given.rows & answer.rows or given.texts & answer.texts:
        return True
    if np.isin(answer.numbers, given.numbers).any():
        return True
    long = [text for text in answer.texts if len(text) >= LONG]
    return any(text in longer for text in long for longer in given.texts)


def _together(every: Iterable[_Parts]) -> _Parts:
    rows, numbers, texts = zip(*every, strict=True)
    return _Parts(frozenset().union(*rows), np.concatenate(numbers), frozenset().union(*texts))


def _leaves(value: Value, with_names: bool = False) -> tuple[list[Array], frozenset[str]]:
    """Return the arrays and the texts of a nest; a number, or a list of numbers, as an array."""
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
    return arrays, frozenset(text for text in texts if len(text) > 1)


def _are_numbers(values: Collection[Value]) -> bool:
    return all(isinstance(each, (int, float, complex)) for each in values)


def _rows(array: Array, least: int, lengths: Collection[int] | None = None) -> Iterator[bytes]:
    """Yield the numbers of an array, and of its parts along its first axes, in order of size.

    Of rows with at least so many numbers, and if asked for, so many bytes.
    """
    if array.dtype.kind == "b":
        yield from _masks(array, is_whole=lengths is None)
        return
    width = (2 if array.dtype.kind == "c" else 1) * array.size
    for axis in range(max(array.ndim, 1)):
        if axis:
            width //= array.shape[axis - 1]
        if width < (least if axis else 2):
            return
        if lengths is None or _WIDTH * width in lengths:
            numbers = _in_one_dtype(array) + 0.0  # -0.0 is 0.0
            rows = np.sort(numbers.reshape(-1, width), axis=1)
            different = (rows[:, 1:] != rows[:, :-1]).sum(axis=1) + 1
            yield from map(bytes, rows[different >= (VARIED if axis else 2)])


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
    return _in_one_dtype(np.concatenate([np.zeros(0, np.float32), *flat]))


def _odd(numbers: Array, decimals: int, large: float) -> Array:
    """Return the numbers that have more decimals, or are as large: no guess."""
    numbers = numbers[np.isfinite(numbers)]
    is_short = np.round(numbers.astype(float), decimals).astype(np.float32) == numbers
    odd: Array = numbers[~is_short | (np.abs(numbers) >= large)]
    return odd
