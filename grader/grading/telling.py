"""Which calls of an exercise share a process: none that is given what another is to answer.

Whatever is sent to a process, the file that runs in it may read, be it called with that or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, permutations
from math import prod
from typing import NamedTuple

import numpy as np

from grader.grading.contents import MANY, Array, Leaves, in_one_dtype, leaves_of, numbers_of
from grader.grading.trials import Paper, Trial, once_a_paper
from grader.records import Returned

VARIED = 3  # nor are so many different numbers in a row of what is given
DECIMALS = 3  # a number of more of them is no guess, wherever it stands
LARGE = 10_000  # nor is a whole one from here on,
ALONE = 1, 100  # or from here on where it is an answer: so many decimals, or so large
MOST_NUMBERS = 1_000_000  # of all inputs and answers, that are looked through
LONG = 6  # characters of a text that is known again within a longer one
MAX_TEXT = 10_000_000  # characters that are looked through for such texts

_WIDTH = np.dtype(np.float64).itemsize  # of a number, as they are compared


class _Parts(NamedTuple):
    """What of a value is known again: arrays and rows, in order of size, numbers, and texts.

    `counts` say how often each whole number is in it, of an answer for every array.
    """

    rows: frozenset[bytes]
    numbers: Array
    texts: frozenset[str]
    counts: tuple[Counter[str], ...] = ()


class _Call(NamedTuple):
    """What is given to a call, and what of its answer is no guess."""

    function: str
    name: str
    given: _Parts
    answer: _Parts


def group_of(paper: Paper, trial: Trial) -> str:
    """Return the name of the group of calls that a trial's shares a process with."""
    function, name = trial.case.function, trial.case.name
    if _is_much(paper) or (function, name) in telling_calls(paper):
        return f"{function} {name}"
    return function if tell_each_other(paper) else ""


@once_a_paper
def _is_much(paper: Paper) -> bool:
    """Tell whether inputs and answers have too many numbers to look for: then all are apart."""
    every = _leaves_of(paper)
    return sum(array.size for leaves in chain(*every) for array in leaves.arrays) > MOST_NUMBERS


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
    given, wanted = _leaves_of(paper)
    with np.errstate(all="ignore"):
        every = _every_number(given)
        on_both = every[_are_in(every, _every_number(wanted))]
        common = on_both[on_both != 0.0]  # beside a zero a row has another number
        answers = [_of_an_answer(each) for each in _with_some_of(common, wanted)]
        lengths = frozenset(len(row) for answer in answers for row in answer.rows)
        has_counts = any(answer.counts for answer in answers)
        inputs = [
            _of_what_is_given(each, lengths, has_counts) for each in _with_some_of(common, given)
        ]
    return tuple(map(_call_of, trials, inputs, answers))


@once_a_paper
def _leaves_of(paper: Paper) -> tuple[list[Leaves], list[Leaves]]:
    """Return what is given to the calls of a paper, and what is wanted of them."""
    trials = [trial for trial in paper.trials if not trial.case.memory]
    given = [leaves_of((t.inputs.args, t.inputs.kwargs), with_names=True) for t in trials]
    wanted = [leaves_of(t.wanted.value if isinstance(t.wanted, Returned) else None) for t in trials]
    return given, wanted


def _call_of(trial: Trial, given: _Parts, answer: _Parts) -> _Call:
    fresh = answer.numbers[~_are_in(answer.numbers, given.numbers)]
    own = given.counts[0]
    counts = tuple(each for each in answer.counts if not each <= own)
    answer = _Parts(answer.rows, fresh, answer.texts - given.texts, counts)
    return _Call(trial.case.function, trial.case.name, given, answer)


def _of_what_is_given(leaves: Leaves, lengths: frozenset[int], has_counts: bool) -> _Parts:
    """Return what is known again of inputs; of rows those that have the length of an answer's."""
    rows = (_rows(array, 2, lengths) for array in leaves.arrays)
    numbers = numbers_of(leaves.arrays)
    counts = Counter[str]()  # added to in place: a sum of counters copies what it has each time
    for array in leaves.arrays if has_counts else ():
        counts.update(_counted(array))
    return _Parts(frozenset(chain.from_iterable(rows)), numbers, leaves.texts, (counts,))


def _of_an_answer(leaves: Leaves) -> _Parts:
    """Return what of an answer is no guess; the names in a dict are none of it."""
    rows = frozenset(chain.from_iterable(_rows(array, MANY) for array in leaves.arrays))
    alone = _odd(numbers_of([array for array in leaves.arrays if array.size == 1]), *ALONE)
    others = [array for array in leaves.arrays if array.size > 1]
    odd = np.concatenate([alone, _odd(numbers_of(others), DECIMALS, LARGE)])
    counted = (_counted(array) for array in leaves.arrays if array.size >= MANY)
    counts = tuple(each for each in counted if len(each) >= VARIED)
    return _Parts(rows, odd, leaves.texts, counts)


def _every_number(every: Sequence[Leaves]) -> Array:
    return numbers_of([array for leaves in every for array in leaves.arrays])


def _with_some_of(common: Array, every: Sequence[Leaves]) -> Iterator[Leaves]:
    """Yield what is left without arrays that have no number in common."""
    arrays = [array for leaves in every for array in leaves.arrays if array.dtype.kind != "b"]
    sizes = [(2 if array.dtype.kind == "c" else 1) * array.size for array in arrays]
    is_common = _are_in(numbers_of(arrays), common)
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
    if any(each <= own for each in answer.counts for own in given.counts):
        return True
    long = [text for text in answer.texts if len(text) >= LONG]
    if len(long) * sum(map(len, given.texts)) > MAX_TEXT:
        return True  # nobody knows: to be called apart is always right
    return any(text in longer for text in long for longer in given.texts)


def _are_in(numbers: Array, others: Array) -> Array:
    """Tell of each number whether it is among others.

    `isin` would import masked arrays, which takes longer than all this. A set may be slow: numbers
    can be chosen so that to look each up takes as many steps as there are.
    """
    if not (numbers.size and others.size):
        return np.zeros(numbers.size, bool)
    known = np.sort(others)
    places = np.minimum(np.searchsorted(known, numbers), known.size - 1)
    found: Array = known[places] == numbers
    return found


def _together(every: Iterable[_Parts]) -> _Parts:
    rows, numbers, texts, counts = zip(*every, strict=True)
    return _Parts(
        frozenset().union(*rows),
        np.concatenate(numbers),
        frozenset().union(*texts),
        tuple(chain.from_iterable(counts)),
    )


def _counted(array: Array) -> Counter[str]:
    """Return how often each number is in an array of whole ones, be it padded or taken apart.

    As text, for the same reason.
    """
    is_whole = array.dtype.kind in "iu"
    return Counter(map(str, array.reshape(-1).tolist())) if is_whole else Counter()


def _rows(array: Array, least: int, lengths: frozenset[int] | None = None) -> Iterator[bytes]:
    """Yield the numbers of an array, and of its parts along its first axes, in order of size.

    Of a table the columns, too; with at least so many numbers, and if asked for, so many bytes.
    """
    if array.dtype.kind == "b":
        yield from _masks(array, is_whole=lengths is None)
        return
    for each in (array, array.T) if array.ndim == 2 else (array,):
        for axis, width in _axes(each.shape, each.dtype.kind == "c", least, lengths):
            numbers = in_one_dtype(each) + 0.0  # -0.0 is 0.0
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


def _odd(numbers: Array, decimals: int, large: float) -> Array:
    """Return the numbers that have more decimals, or are as large: no guess."""
    if not numbers.size:
        return numbers
    numbers = numbers[np.isfinite(numbers)]
    is_short = in_one_dtype(np.round(numbers, decimals)) == numbers
    odd: Array = numbers[~is_short | (np.abs(numbers) >= large)]
    return odd
