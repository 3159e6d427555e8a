"""Simple things that may have been done to the right result, each with its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations, islice
from typing import Any

import numpy as np

from grader.exercise.docstrings import Size, docstring_of
from grader.grading.trials import Paper, Trial, bind
from grader.records import Inputs, Returned, Value

# Gives another value for the right one, or None where there is nothing to change.
Alter = Callable[[Inputs, Value], Value | None]
Array = np.ndarray[Any, Any]
MOST_SIZES = 20  # of a docstring: all that may be done with each is tried on every trial


def output_changes(paper: Paper, function: str) -> Iterator[tuple[str, Alter]]:
    """Yield changes of a result, in words that follow "your function gives"."""
    yield from _factors(paper, function)
    deepest = max((_ndim(trial) for trial in paper.trials_of(function)), default=0)
    for one, other in combinations(range(1, min(deepest, 4) + 1), 2):
        axes = f"the {_ordinal(one)} and the {_ordinal(other)} axis from the end"
        yield (
            f"the right result with {axes} exchanged",
            _on_arrays(partial(_swap, one=-one, other=-other)),
        )
    for axis, words in ((-1, "its last axis"), (-2, "its last but one axis")):
        yield f"the right result with {words} reversed", _on_arrays(partial(_reversed, axis=axis))
        for steps, way in ((1, "later"), (-1, "earlier")):
            moved = f"the right result with {words} shifted, each entry one place {way}"
            yield moved, _on_arrays(partial(_rolled, axis=axis, steps=steps))
    for words, apply in _FUNCTIONS.items():
        yield words, _on_arrays(apply)


def _halves(array: Array) -> Array | None:
    if not array.ndim or array.shape[-1] % 2:
        return None
    return np.concatenate([array[..., 0::2], array[..., 1::2]], axis=-1)


def _interleave(array: Array) -> Array | None:
    if not array.ndim or array.shape[-1] % 2:
        return None
    half = array.shape[-1] // 2
    return np.stack([array[..., :half], array[..., half:]], axis=-1).reshape(array.shape)


_FUNCTIONS: dict[str, Callable[[Array], Array | None]] = {
    "the right result with the even entries of its last axis first, and then the odd ones": _halves,
    "the right result with the two halves of its last axis interleaved": _interleave,
    "the right result with an axis of length one too many in front": lambda a: a[None],
    "the right result with an axis of length one too many at the end": lambda a: a[..., None],
    "the right result without an axis of length one": lambda a: (
        a.squeeze() if 1 in a.shape else None
    ),
    "the right result flattened into one axis": lambda a: a.reshape(-1) if a.ndim > 1 else None,
    "the logarithm of the right result": np.log,
    "the exponential of the right result": np.exp,
    "the square root of the right result": np.sqrt,
    "the square of the right result": np.square,
    "the right result without its sign": np.abs,
    "one divided by the right result": lambda a: 1 / a,
    "one minus the right result": lambda a: 1 - a if a.dtype != np.bool_ else ~a,
}
_PLAIN_FACTORS = {
    "the right result with its sign changed": -1.0,
    "twice the right result": 2.0,
    "half of the right result": 0.5,
}
_SIZE_FACTORS: dict[str, Callable[[float], float]] = {
    "{n} times the right result": lambda n: n,
    "the right result divided by {n}": lambda n: 1 / n,
    "√{n} times the right result": lambda n: n**0.5,
    "the right result divided by √{n}": lambda n: n**-0.5,
    "{n} / ({n} - 1) times the right result": lambda n: n / (n - 1) if n > 1 else 1.0,
    "({n} - 1) / {n} times the right result": lambda n: (n - 1) / n,
}


def _factors(paper: Paper, function: str) -> Iterator[tuple[str, Alter]]:
    """Yield constant factors: plain ones, and those made of a size that the docstring names."""
    for words, factor in _PLAIN_FACTORS.items():
        yield words, _on_arrays(partial(_times, factor=factor))
    reference = paper.definition.references[function]
    sizes = docstring_of(reference).sizes
    for symbol, size in islice(sizes.items(), MOST_SIZES):
        lengths = {_length(reference, size, t.inputs) for t in paper.trials_of(function)}
        if len(lengths - {0}) < 2:
            continue  # where it is always 3, three times may be any factor of three
        for words, factor_of in _SIZE_FACTORS.items():
            yield words.format(n=symbol), _scaling(reference, size, factor_of)


def _scaling(
    reference: Callable[..., Value], size: Size, factor: Callable[[float], float]
) -> Alter:
    def alter(inputs: Inputs, value: Value) -> Value | None:
        length = _length(reference, size, inputs)
        return _each(value, partial(_times, factor=factor(length))) if length else None

    return alter


def _length(reference: Callable[..., Value], size: Size, inputs: Inputs) -> int:
    """Return how long the axis is that a docstring gives a name; 0 where there is none."""
    parameter, axis = size
    array = bind(reference, inputs).get(parameter)
    return array.shape[axis] if isinstance(array, np.ndarray) and array.ndim >= -axis else 0


def _on_arrays(alter: Callable[[Array], Array | None]) -> Alter:
    return lambda inputs, value: _each(value, alter)


def _each(value: Value, alter: Callable[[Array], Array | None]) -> Value | None:
    """Alter an array, or every array of a tuple; None where nothing is to be altered."""
    if isinstance(value, tuple):
        altered = tuple(_each(item, alter) for item in value)
        return None if any(item is None for item in altered) else altered
    return alter(value) if isinstance(value, np.ndarray) and value.size else None


def _times(array: Array, factor: float) -> Array | None:
    return array * array.dtype.type(factor) if array.dtype.kind == "f" else None


def _swap(array: Array, one: int, other: int) -> Array | None:
    return array.swapaxes(one, other) if array.ndim >= max(-one, -other) else None


def _reversed(array: Array, axis: int) -> Array | None:
    return np.flip(array, axis) if array.ndim >= -axis else None


def _rolled(array: Array, axis: int, steps: int) -> Array | None:
    return np.roll(array, steps, axis) if array.ndim >= -axis else None


def _ndim(trial: Trial) -> int:
    value = trial.wanted.value if isinstance(trial.wanted, Returned) else None
    parts = value if isinstance(value, tuple) else (value,)
    return max((getattr(part, "ndim", 0) for part in parts), default=0)


def _ordinal(number: int) -> str:
    return {1: "last", 2: "second", 3: "third", 4: "fourth"}[number]
