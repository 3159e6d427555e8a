"""Ways of going wrong that need no author: the right function of something else.

Either the reference was given other inputs (a mask inverted, two arguments exchanged, positions
off by one), or something simple was done to its output (a factor, a transpose, a lost axis).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, permutations
from typing import Any

import numpy as np

from grader.exercise.bounded import Bounded
from grader.grading.compare import is_float_array
from grader.grading.diagnose.composed import Put, around_inputs
from grader.grading.diagnose.hypotheses import Hypothesis, sentence
from grader.grading.diagnose.outputs import Alter, output_changes
from grader.grading.trials import Paper, Trial, bind, call_trusted, once_a_paper
from grader.records import Answer, Inputs, Returned, Value

Arguments = dict[str, Value]
# Gives other arguments for these, or None where it has nothing to change.
Change = Callable[[Arguments], Arguments | None]


@once_a_paper
def input_relations(paper: Paper, function: str) -> tuple[Hypothesis, ...]:
    """Return the right function of other inputs, from the likely to the odd."""
    opening = f"Your `{function}` gives what the right one gives"
    return tuple(
        Hypothesis(
            "relation",
            None,
            sentence(f"{opening} {words}"),
            _on_other_inputs(paper, function, change),
            put=_put_before(paper.definition.references[function], change),
        )
        for words, change in _input_changes(paper, function)
    )


@once_a_paper
def output_relations(paper: Paper, function: str) -> tuple[Hypothesis, ...]:
    """Return the right result with something done to it, for which no code has to be here."""
    return tuple(
        Hypothesis(
            "relation",
            None,
            sentence(f"Your `{function}` gives {words}"),
            _with_other_output(alter),
            put=_put_after(paper.definition.references[function], alter),
        )
        for words, alter in output_changes(paper, function)
    )


def _put_before(reference: Callable[..., Value], change: Change) -> Put:
    return Put(reference, around=around_inputs(reference, change))


def _put_after(reference: Callable[..., Value], alter: Alter) -> Put:
    def around(function: Callable[..., Value]) -> Callable[..., Value]:
        def called(*args: Any, **kwargs: Any) -> Value:
            value = function(*args, **kwargs)
            with np.errstate(all="ignore"):
                altered = alter(Inputs(args, kwargs), value)
            return value if altered is None else altered

        return called

    return Put(reference, around=around)


def _on_other_inputs(paper: Paper, function: str, change: Change) -> Callable[[Trial], Answer]:
    reference = paper.definition.references[function]
    runs = Bounded(reference)

    def run(trial: Trial) -> Answer:
        changed = change(bind(reference, trial.inputs))
        if changed is None:
            return trial.wanted
        answer = call_trusted(runs, Inputs((), changed))
        # Which inputs were changed on the way is not what this is about.
        return Returned(answer.value, trial.inputs) if isinstance(answer, Returned) else answer

    return run


def _with_other_output(alter: Alter) -> Callable[[Trial], Answer]:
    def run(trial: Trial) -> Answer:
        if not isinstance(trial.wanted, Returned):
            return trial.wanted
        with np.errstate(all="ignore"):
            altered = alter(trial.inputs, trial.wanted.value)
        if altered is None:
            return trial.wanted
        return Returned(altered, trial.inputs)

    return run


def _input_changes(paper: Paper, function: str) -> Iterator[tuple[str, Change]]:
    reference = paper.definition.references[function]
    seen: dict[str, list[Value]] = {}
    for trial in paper.trials_of(function):
        for name, value in bind(reference, trial.inputs).items():
            seen.setdefault(name, []).append(value)
    masks = [name for name, values in seen.items() if any(map(_is_mask, values))]
    arrays = [name for name, values in seen.items() if any(map(is_float_array, values))]
    always = len(paper.trials_of(function))
    optional = [name for name, values in seen.items() if len(values) < always]
    for name in masks:
        yield (
            f"when `{name}` is inverted: which way round does True count?",
            _changing(name, _invert),
        )
        yield f"when `{name}` is transposed", _changing(name, _transpose)
        yield f"when the first row of `{name}` is used for all rows", _changing(name, _first_row)
        yield f"when the first `{name}` of a batch is used for all", _changing(name, _first_of_all)
        yield f"when `{name}` is combined with its transpose", _changing(name, _symmetric)
    for name in optional:
        yield f"without `{name}`", _dropping(name)
    for one, other in combinations(arrays, 2):
        yield f"when `{one}` and `{other}` are exchanged", _exchanging(one, other)
    for one, other in permutations(arrays, 2):
        yield f"when `{one}` is used in the place of `{other}`", _using(one, other)
    for name in arrays:
        yield f"when `{name}` is transposed", _changing(name, _transpose)
    yield "when only the first of a batch is looked at", _changing_all(_first_of_batch)
    for steps, when in ((1, "late"), (-1, "early")):
        yield f"when every position comes one {when}", _changing_all(_rolling(steps))


def _is_mask(value: Value) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == np.bool_


def _changing(name: str, alter: Callable[[Any], Any | None]) -> Change:
    def change(arguments: Arguments) -> Arguments | None:
        altered = alter(arguments[name]) if arguments.get(name) is not None else None
        return None if altered is None else arguments | {name: altered}

    return change


def _changing_all(alter: Callable[[Any], Any | None]) -> Change:
    def change(arguments: Arguments) -> Arguments | None:
        altered = {n: alter(v) for n, v in arguments.items() if is_float_array(v)}
        known = {name: value for name, value in altered.items() if value is not None}
        return arguments | known if known else None

    return change


def _dropping(name: str) -> Change:
    def change(arguments: Arguments) -> Arguments | None:
        if name not in arguments:
            return None
        return {other: value for other, value in arguments.items() if other != name}

    return change


def _exchanging(one: str, other: str) -> Change:
    def change(arguments: Arguments) -> Arguments | None:
        if not _alike(arguments.get(one), arguments.get(other)):
            return None
        return arguments | {one: arguments[other], other: arguments[one]}

    return change


def _using(one: str, other: str) -> Change:
    def change(arguments: Arguments) -> Arguments | None:
        if not _alike(arguments.get(one), arguments.get(other)):
            return None
        return arguments | {other: arguments[one]}

    return change


def _alike(one: Value, other: Value) -> bool:
    return is_float_array(one) and is_float_array(other) and one.shape == other.shape


def _invert(mask: Any) -> Any | None:
    return ~mask if _is_mask(mask) else None


def _transpose(array: Any) -> Any | None:
    square = isinstance(array, np.ndarray) and array.ndim > 1 and array.shape[-1] == array.shape[-2]
    return array.swapaxes(-1, -2) if square else None


def _symmetric(mask: Any) -> Any | None:
    turned = _transpose(mask)
    return None if turned is None else mask & turned


def _first_row(mask: Any) -> Any | None:
    return _repeated(mask, mask[..., :1, :]) if mask.ndim > 1 else None


def _first_of_all(mask: Any) -> Any | None:
    return _repeated(mask, mask[:1]) if mask.ndim > 2 else None


def _repeated(mask: Any, part: Any) -> Any:
    return np.broadcast_to(part, mask.shape).copy()


def _first_of_batch(array: Any) -> Any | None:
    return np.broadcast_to(array[:1], array.shape).copy() if array.ndim > 2 else None


def _rolling(steps: int) -> Callable[[Any], Any | None]:
    return lambda array: np.roll(array, steps, axis=-2) if array.ndim > 1 else None
