"""The arrays and the texts in a nest, as they are known again in another one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np

from grader.records import Value

MANY = 8  # so many truths, or numbers of a row of an answer, are no guess
_LARGEST = np.finfo(np.float32).max

Array = np.ndarray[Any, Any]


class Leaves(NamedTuple):
    """The arrays and the texts of a nest; a number, or a list of numbers, is an array."""

    arrays: Sequence[Array]
    texts: frozenset[str]


def leaves_of(value: Value, with_names: bool = False) -> Leaves:
    """Return what a nest is made of, be it joined of rows or letters; names in dicts if wanted."""
    arrays, texts, waiting = list[Array](), set[str](), [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += (key for key in each if with_names or not isinstance(key, str))
            texts.update(() if with_names else _joined([*each]))
            each = list(each.values())
        if isinstance(each, (str, bytes)):
            texts.add(each.decode("latin-1") if isinstance(each, bytes) else each)
        elif isinstance(each, (list, tuple, set, frozenset)) and not _are_numbers(each):
            texts.update(_joined([*each]))
            arrays += _of_rows([*each])
            waiting += each
        elif each is not None:
            array = np.asarray(list(each) if isinstance(each, (set, frozenset)) else each)
            arrays += [array] if _is_of_numbers(array) else []
            texts.update(map(_spelled, array.flat) if array.dtype.kind == "O" else ())
    masks = [array.astype(bool) for array in arrays if _is_a_mask(array)]
    return Leaves(arrays + masks, frozenset(text for text in texts if len(text) > 1))


def _is_of_numbers(array: Array) -> bool:
    """Tell whether an array has some; of one that is beyond all dtypes, NumPy makes objects."""
    return array.dtype.kind in "biufc" and array.size > 0


def _spelled(value: object) -> str:
    """Return a number as a text; Python spells no very large one in decimals."""
    return hex(value) if isinstance(value, int) else str(value)


def _joined(values: Sequence[Value]) -> list[str]:
    """Return texts that stand together as one, as they are and in order."""
    are_texts = len(values) > 1 and all(isinstance(each, str) for each in values)
    return ["".join(values), "".join(sorted(values))] if are_texts else []


def _of_rows(rows: Sequence[Value]) -> list[Array]:
    """Return the numbers of rows together, be they lists or arrays of any lengths."""
    if not rows or not all(_is_a_row(row) for row in rows):
        return []
    joined = np.concatenate([np.asarray(row) for row in rows])
    return [joined] if _is_of_numbers(joined) else []


def _is_a_row(value: Value) -> bool:
    if isinstance(value, np.ndarray):
        return value.ndim == 1 and value.dtype.kind in "iufc"
    return isinstance(value, (list, tuple)) and bool(value) and _are_numbers(value)


def _is_a_mask(array: Array) -> bool:
    """Tell whether numbers stand for truths."""
    if array.dtype.kind not in "iuf" or array.size < MANY or array.flat[0] not in (0, 1):
        return False
    return bool(((array == 0) | (array == 1)).all())


def _are_numbers(values: Collection[Value]) -> bool:
    return all(isinstance(each, (int, float, complex)) for each in values)


def in_one_dtype(array: Array) -> Array:
    """Return numbers in a row, as they are compared, complex ones as pairs.

    Rounded as float32, save those that are too large or too small for it.
    """
    whole = np.complex128 if array.dtype.kind == "c" else np.float64
    numbers: Array = array.astype(whole, order="C").reshape(-1).view(np.float64)
    rounded = numbers.astype(np.float32).astype(np.float64)
    is_lost = ~(np.abs(rounded) < _LARGEST) | (rounded == 0)
    return np.where(is_lost, numbers, rounded) if is_lost.any() else rounded


def numbers_of(arrays: Sequence[Array]) -> Array:
    """Return all numbers of arrays that are no masks."""
    flat = [array.reshape(-1) for array in arrays if array.dtype.kind != "b"]
    return in_one_dtype(np.concatenate(flat)) if flat else np.zeros(0)
