"""Whether the calls of one function of an exercise tell what another one is to answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, permutations
from typing import Any

import numpy as np

from grader.grading.trials import Paper, once_a_paper
from grader.records import Returned, Value

MANY_TRUTHS = 8


@once_a_paper
def tell_each_other(paper: Paper) -> bool:
    """Tell whether the numbers or the text of an answer are among the inputs of another function.

    They may be in another order or shape: what is split is joined again by the next function.
    """
    functions = dict.fromkeys(trial.case.function for trial in paper.trials)
    if len(functions) == 1:
        return False
    given: dict[str, set[object]] = {name: set() for name in functions}
    wanted: dict[str, set[object]] = {name: set() for name in functions}
    for trial in paper.trials:
        if not trial.case.memory:  # which has a process of its own
            given[trial.case.function].update(_contents((trial.inputs.args, trial.inputs.kwargs)))
            answer = trial.wanted.value if isinstance(trial.wanted, Returned) else None
            wanted[trial.case.function].update(_contents(answer))
    return any(wanted[one] & given[other] for one, other in permutations(functions, 2))


def _contents(value: Value) -> Iterator[object]:
    """Yield each part of a nest that is more than a guess, as what is the same in any order."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, (set, frozenset)):
        value = list(value)
    if isinstance(value, (list, tuple)):
        if all(isinstance(each, (int, float, complex)) for each in value):
            yield from _numbers(np.array(value))
        else:
            yield from chain.from_iterable(map(_contents, value))
    elif isinstance(value, (np.ndarray, float, complex)):
        yield from _numbers(np.asarray(value))
    elif isinstance(value, str) and len(value) > 1:
        yield value


def _numbers(array: np.ndarray[Any, Any]) -> Iterator[bytes]:
    """Yield numbers in order of their size, if they are more than a guess."""
    if array.dtype.kind not in "iufcb" or array.size == 0:
        return
    kind = np.complex128 if array.dtype.kind == "c" else np.float64
    ordered = np.sort(array.astype(kind), axis=None)
    least = MANY_TRUTHS if array.dtype.kind == "b" else 2
    is_odd_one = array.size == 1 and bool(ordered[0] != np.round(ordered[0]))
    if is_odd_one or (array.size >= least and bool(ordered[0] != ordered[-1])):
        yield ordered.tobytes()
