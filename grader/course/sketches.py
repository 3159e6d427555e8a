"""Sketches of answers: enough to recognise an answer by, and far too little to write one down.

Of each array a sketch has the shape, which entries are no finite numbers, and two weighted sums of
the others. An answer that is near the sketched one has nearly the same sums; it is as good as
impossible that another one has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from grader.records import Value

Array = np.ndarray[Any, Any]
SUMS = 2  # for each array
_NUMBERS = "fiubc"  # the kinds of dtype that have sums


class Sketch(NamedTuple):
    """What is kept of a value: its outline, the dtypes of its arrays, and their weighted sums.

    `changes` are the arguments that the call changed, as `grader.grading.modified.modified` has it.
    """

    outline: str
    dtypes: tuple[str, ...]
    sums: tuple[float, ...]
    changes: tuple[Any, ...] = ()


def sketch(value: Value, changes: tuple[Any, ...] = ()) -> Sketch:
    """Return the sketch of a value."""
    outline, dtypes, sums = [], [], []
    for path, leaf in _leaves(value):
        array = np.asarray(leaf)
        if array.dtype.kind not in _NUMBERS:
            outline.append(f"{path}={_spelled(leaf)}")
            continue
        numbers = _as_floats(array)
        outline.append(f"{path}{array.shape}{_what_is_no_number(numbers)}")
        with np.errstate(over="ignore"):
            sums += [float(weights @ finite(numbers)) for weights in weights_of(numbers.size)]
        if isinstance(leaf, np.ndarray) and leaf.ndim:
            dtypes.append("integer" if leaf.dtype.kind in "iu" else str(leaf.dtype))
    whole = ";".join([outline_of(len(sums)), *outline])
    return Sketch(whole, tuple(dtypes), tuple(sums), changes)


def outline_of(sums: int) -> str:
    """Return what an outline begins with, so that those that are the same have as many sums."""
    return f"{sums} sums"


def finite(numbers: Array) -> Array:
    """Return numbers with 0 for each that is not finite."""
    kept: Array = np.where(np.isfinite(numbers), numbers, 0.0)
    return kept


def weights_of(size: int) -> tuple[Array, ...]:
    """Return the weights of the sums of so many numbers: odd ones, all of about the same size."""
    places = np.arange(1, size + 1)
    return tuple(1.5 + np.cos(places * (1.7 + n) + places**2 * 0.3) for n in range(SUMS))


def arrays_of(value: Value) -> Iterator[Array]:
    """Yield the numbers in a value, array by array, as a sketch takes them."""
    for _, leaf in _leaves(value):
        array = np.asarray(leaf)
        if array.dtype.kind in _NUMBERS:
            yield _as_floats(array)


def _as_floats(array: Array) -> Array:
    """Return numbers in one row as float64, complex ones as two each."""
    if array.dtype.kind == "c":
        return np.stack([array.real, array.imag]).astype(np.float64).ravel()
    return array.astype(np.float64).ravel()


def _spelled(leaf: Value) -> str:
    """Return what is no number in few characters: it is known again by them, and not read."""
    text = repr(leaf)
    return text if leaf is None else f"{len(text)}:{crc32(text.encode(errors='replace')):x}"


def _what_is_no_number(numbers: Array) -> str:
    if np.isfinite(numbers).all():
        return ""
    kinds = np.isnan(numbers) + 2 * np.isposinf(numbers) + 3 * np.isneginf(numbers)
    return f"!{crc32(kinds.astype(np.uint8).tobytes()):x}"


def _leaves(value: Value, path: str = "") -> Iterator[tuple[str, Value]]:
    if isinstance(value, dict):
        for key in sorted(value, key=repr):
            yield from _leaves(value[key], f"{path}.{key!r}")
    elif isinstance(value, (list, tuple)):
        yield f"{path}#", len(value)
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}.{index}")
    elif isinstance(value, (set, frozenset)):
        yield from _entries(value, path)
    else:
        yield path, value


def _entries(value: Iterable[Any], path: str) -> Iterator[tuple[str, Value]]:
    """Yield the numbers of a set in their order as one array, and all else as it is spelled."""
    numbers = [item for item in value if isinstance(item, (int, float, complex))]
    others = sorted(repr(item) for item in value if not isinstance(item, (int, float, complex)))
    order = sorted(numbers, key=lambda number: (round(number.real, 6), number.imag))
    yield f"{path}numbers", order
    yield f"{path}others", " ".join(others)
