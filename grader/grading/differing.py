"""Which parts of two values differ, for whoever shows them beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Any

from grader.grading.compare import ROWS, SETS, Path, difference
from grader.grading.tolerance import Tolerance
from grader.records import Value

MAX_PARTS = 10_000  # that are looked at: nobody reads more
_NOTHING = object()


def differing_parts(
    yours: Value, wanted: Value, tolerance: Tolerance, path: Path
) -> tuple[tuple[Any, ...], ...]:
    """Return the indices, keys, entries or lines that differ, from the whole value inwards.

    There is one tuple for the whole, one for the part that the first step of the path leads to, and
    so on, as far as they are made of parts.
    """
    levels = [tuple(islice(_parts(yours, wanted, tolerance), MAX_PARTS))]
    for step in path:
        yours, wanted = yours[step], wanted[step]
        levels.append(tuple(islice(_parts(yours, wanted, tolerance), MAX_PARTS)))
    return tuple(levels)


def _parts(yours: Value, wanted: Value, tolerance: Tolerance) -> Iterator[Any]:
    tolerance = tolerance.for_each()
    if isinstance(yours, dict) and isinstance(wanted, dict):
        for key in yours | wanted:
            if _differ(yours.get(key, _NOTHING), wanted.get(key, _NOTHING), tolerance):
                yield key
    elif isinstance(yours, SETS) and isinstance(wanted, SETS):
        yield from yours ^ wanted
    elif isinstance(yours, ROWS) and isinstance(wanted, ROWS):
        if isinstance(wanted, list):
            tolerance = tolerance.amid(wanted)
        yield from _places(yours, wanted, tolerance)
    elif isinstance(yours, str) and isinstance(wanted, str):
        yield from _places(yours.split("\n"), wanted.split("\n"), tolerance)


def _places(yours: Any, wanted: Any, tolerance: Tolerance) -> Iterator[int]:
    pairs = zip_longest(yours, wanted, fillvalue=_NOTHING)
    for index, pair in enumerate(islice(pairs, MAX_PARTS)):
        if _differ(*pair, tolerance):
            yield index


def _differ(yours: Value, wanted: Value, tolerance: Tolerance) -> bool:
    if yours is _NOTHING or wanted is _NOTHING:
        return True
    return difference(yours, wanted, tolerance) is not None
