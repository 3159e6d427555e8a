"""Values in words: what kind of value it is, and two that differ beside each other."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import Any

import numpy as np

from grader.learner.wire import kind_of
from grader.records import Value

MAX_TEXT = 60  # characters of a value in a sentence
MAX_LISTED = 4
MAX_DIGITS = 40


def describe(value: Value) -> str:
    """Return what kind of value this is, in a few words; what is short is shown."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else f"the number {shown(value)}"
    if value is None or isinstance(value, (bool, np.bool_)):
        return str(value)
    if isinstance(value, (int, float, complex, np.generic)):
        return f"the number {shown(value)}"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if isinstance(value, bytes):
        return f"the bytes {shown(value)}"
    is_nest = isinstance(value, (list, tuple, set, frozenset, dict))
    # A mistake of ours may return a generator, or an object of a class: no learner's answer is one.
    return f"a {type(value).__name__} of {len(value)}" if is_nest else kind_of(value)


def shown(value: Value) -> str:
    """Return a value as Python writes it, cut where it is long."""
    value = plain(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _integer(value)
    begun = value[:MAX_TEXT] if isinstance(value, (str, bytes)) else value
    text = repr(begun)
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 3] + "..."


def listed(values: Collection[Value]) -> str:
    """Return the first few of some values in a sentence, in their order if they have one."""
    few = [_brief(value) for value in in_order(values)]
    if len(few) > MAX_LISTED:
        few = [*few[: MAX_LISTED - 1], f"{len(few) - MAX_LISTED + 1} more"]
    *others, last = few
    return f"{', '.join(others)} and {last}" if others else last


def _brief(value: Value) -> str:
    is_float = isinstance(value, (float, complex))
    return figure(value, 6) if is_float else shown(value)


def in_order(values: Collection[Value]) -> list[Value]:
    """Return values in their order, or in that of what they look like where they have none."""
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=repr)


def plain(value: Value) -> Value:
    """Return a single number as Python's, whatever it is wrapped in."""
    is_number = isinstance(value, np.generic) or (isinstance(value, np.ndarray) and not value.ndim)
    return value.item() if is_number else value


def pair(yours: Any, wanted: Any) -> str:
    """Return two numbers with 4 significant digits, or as many as tell them apart."""
    mine, theirs = figures(yours, wanted)
    return f"yours {mine}, wanted {theirs}"


def figures(yours: Any, wanted: Any) -> tuple[str, str]:
    """Return two numbers as texts that differ, as the numbers do."""
    pairs = ((figure(yours, digits), figure(wanted, digits)) for digits in range(4, 18))
    return next((both for both in pairs if both[0] != both[1]), (str(yours), str(wanted)))


def figure(number: Any, digits: int) -> str:
    """Return a number with so many significant digits; an integer has all that it has."""
    if isinstance(number, (bool, np.bool_)):
        return str(number)
    if isinstance(number, (int, np.integer)):
        return _integer(int(number))
    return f"{number + 0:.{digits}g}"


def _integer(number: int) -> str:
    text = str(number)
    if len(text) <= MAX_DIGITS:
        return text
    return f"{text[:20]}...{text[-15:]} ({len(text.lstrip('-'))} digits)"


def say_texts(yours: str, wanted: str) -> str:
    """Return two texts that differ; of long ones the first line, or the part, where they do."""
    lines = yours.split("\n"), wanted.split("\n")
    if max(map(len, lines)) == 1:
        return _texts(yours, wanted)
    mine, theirs = lines
    both = zip(mine, theirs, strict=False)
    number = next((n for n, (a, b) in enumerate(both) if a != b), min(len(mine), len(theirs)))
    if number >= len(theirs):
        return f"line {number + 1} is one too many: {shown(mine[number])}"
    if number >= len(mine):
        return f"line {number + 1} is missing: {shown(theirs[number])}"
    return f"line {number + 1}: {_texts(mine[number], theirs[number])}"


def _texts(yours: str, wanted: str) -> str:
    place = len(os.path.commonprefix([yours, wanted]))
    mine, theirs = (part_around(text, place) for text in (yours, wanted))
    where = f" (from character {place + 1} on)" if place > MAX_TEXT // 3 else ""
    return f"yours {mine}, wanted {theirs}{where}"


def part_around(text: str, place: int) -> str:
    """Return a text as Python writes it; of a long one, what stands around a place."""
    if len(text) <= MAX_TEXT:
        return repr(text)
    start = max(0, min(place - MAX_TEXT // 3, len(text) - MAX_TEXT))
    end = start + MAX_TEXT
    before, after = "..." * (start > 0), "..." * (end < len(text))
    return f"{before}{text[start:end]!r}{after}"
