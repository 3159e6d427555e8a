"""Values that are no arrays, as people read them: text, numbers, lists, sets and dicts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import StringIO
from pprint import PrettyPrinter, pformat
from typing import Any, NamedTuple

import numpy as np

from grader.grading.value_words import figures, in_order, part_around, plain
from grader.records import Evidence, Value

MAX_LINES = 12  # of one value
MAX_TEXT = 300  # characters of a text that is given
WIDTH, MAX_WIDTH = 72, 500  # of the lines of one value, and of one that has no place to be broken
_LEAST = 12  # characters of a column, however little room there is
_DIGITS = 6  # of a float
_BESIDE = 1e-9  # of a float that is given with all its digits, from the round one
_LABELS = "yours   ", "wanted  "


class Row(NamedTuple):
    """One part of yours beside one of wanted, as text; empty where there is none.

    `whole` are the two with every digit of their floats.
    """

    step: Any
    yours: str
    wanted: str
    whole: tuple[str, str]


def is_plain(value: Value) -> bool:
    """Tell whether there is no array in a value."""
    if isinstance(value, dict):
        return all(map(is_plain, value.values()))
    if isinstance(value, (list, tuple)):
        return all(map(is_plain, value))
    return not (isinstance(value, np.ndarray) and value.ndim)


def value_lines(value: Value) -> list[str]:
    """Return a value as Python writes it, in as many lines as it takes and not too many."""
    if isinstance(value, (str, bytes)) and len(value) > MAX_TEXT:
        kind = "characters" if isinstance(value, str) else "bytes"
        return [*value_lines(value[:MAX_TEXT]), f"... ({len(value):,} {kind} in all)"]
    written = _FirstLines()
    PrettyPrinter(width=WIDTH, stream=written, sort_dicts=False).pprint(_tidy(value, are_cut=True))
    return few_lines(written.text.split("\n"), written.count)


def few_lines(lines: Sequence[str], count: int, most: int = MAX_LINES) -> list[str]:
    """Return at most so many of `count` lines, none of them wider than anybody reads."""
    kept = lines[: count if count <= most else most - 1]
    more = [f"... and {count - len(kept)} more lines"] if count > len(kept) else []
    return [*(_cut_at(line, MAX_WIDTH) for line in kept), *more]


class _FirstLines(StringIO):
    """Keeps the first lines of what is written, and counts all of them: there may be very many."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.count = "", 0

    def write(self, piece: str) -> int:
        if self.count < MAX_LINES:
            self.text += piece
        self.count += piece.count("\n")
        return len(piece)


def one_line(value: Value, is_whole: bool = False) -> str:
    """Return a value as Python writes it, in one line, and its floats if need be `is_whole`."""
    return pformat(_tidy(value, is_whole), width=10**9, sort_dicts=False).replace("\n", " ")


def beside_values(evidence: Evidence, width: int, rows: int) -> list[str]:
    """Return yours and wanted side by side, a part a line, every one that differs marked with *.

    They are shown as a whole if their parts are short, and else from inside, where they differ.
    """
    yours, wanted, where = evidence.yours, evidence.wanted, ""
    best: list[str] = []
    for level, differing in enumerate(evidence.differing):
        parts = [_told_apart(part, differing) for part in _parts(yours, wanted)]
        if not parts:
            break
        best = _table(parts, differing, where, width, rows)
        is_short = not any(_is_cut(text, width) for part in parts for text in part[1:3])
        if is_short or level == len(evidence.difference.path):
            break
        step = evidence.difference.path[level]
        yours, wanted, where = yours[step], wanted[step], f"{where}[{one_line(step)}]"
    return best or _one_above_the_other(yours, wanted, width)


def _parts(yours: Value, wanted: Value) -> Iterator[Row]:
    """Yield the parts of two values of one kind; none of numbers, or of texts of one line."""
    if isinstance(yours, dict) and isinstance(wanted, dict):
        for key in wanted | yours:
            yield _row(key, (yours, wanted), _entry)
    elif isinstance(yours, (list, tuple)) and isinstance(wanted, (list, tuple)):
        for index in range(max(len(yours), len(wanted))):
            yield _row(index, (yours, wanted), _item)
    elif isinstance(yours, (set, frozenset)) and isinstance(wanted, (set, frozenset)):
        for item in in_order(yours | wanted):
            yield _row(item, (yours, wanted), _member)
    elif isinstance(yours, str) and isinstance(wanted, str) and "\n" in yours + wanted:
        lines = yours.split("\n"), wanted.split("\n")
        for index in range(max(map(len, lines))):
            yield _row(index, lines, _item)


def _row(step: Any, both: tuple[Any, Any], say: Callable[[Any, Any, bool], str]) -> Row:
    brief, whole = ([say(step, each, is_whole) for each in both] for is_whole in (False, True))
    return Row(step, brief[0], brief[1], (whole[0], whole[1]))


def _entry(key: Value, items: dict[Any, Value], is_whole: bool) -> str:
    return f"{one_line(key)}: {one_line(items[key], is_whole)}" if key in items else ""


def _item(index: int, items: Sequence[Value], is_whole: bool) -> str:
    return one_line(items[index], is_whole) if index < len(items) else ""


def _member(item: Value, items: set[Value], is_whole: bool) -> str:
    return one_line(item, is_whole) if item in items else ""


def _told_apart(row: Row, differing: Sequence[Any]) -> Row:
    """Return a row with every digit, where without them it looks as if nothing were wrong."""
    is_hidden = row.step in differing and row.yours == row.wanted
    return row._replace(yours=row.whole[0], wanted=row.whole[1]) if is_hidden else row


def _table(
    parts: Sequence[Row], differing: Sequence[Any], where: str, width: int, rows: int
) -> list[str]:
    wrong = [number for number, part in enumerate(parts) if part.step in differing]
    first = max(0, min(wrong[0] if wrong else 0, len(parts) - rows))
    chosen = parts[first : first + rows]
    at = f" at {where}" if where else ""
    left = [f"yours{at}", *(_cut(part.yours, width) for part in chosen)]
    marks = ["", *("*" if part.step in differing else "" for part in chosen)]
    right = [f"wanted{at}", *(_cut(part.wanted, width) for part in chosen)]
    column = max(map(len, left)) + 4
    lines = [
        f"{mine + mark:<{column}}{theirs}".rstrip()
        for mine, mark, theirs in zip(left, marks, right, strict=True)
    ]
    more = sum(number >= first + rows for number in wrong)
    return [*lines, *([f"and {more} more that differ"] if more else [])]


def _room(width: int) -> int:
    return max(_LEAST, (width - 6) // 2)


def _is_cut(text: str, width: int) -> bool:
    return len(text) > _room(width)


def _cut(text: str, width: int) -> str:
    return _cut_at(text, _room(width))


def _cut_at(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _one_above_the_other(yours: Value, wanted: Value, width: int) -> list[str]:
    """Return two values in two lines, and below two texts where they begin to differ."""
    mine, theirs = plain(yours), plain(wanted)
    if isinstance(mine, str) and isinstance(theirs, str):
        place = len(os.path.commonprefix([mine, theirs]))
        texts = [part_around(text, place) for text in (mine, theirs)]
        sign = " " * (len(_LABELS[0]) + len(os.path.commonprefix(texts))) + "^"
        return [*map("".join, zip(_LABELS, texts, strict=True)), sign]
    if _is_number(mine) and _is_number(theirs):
        return [*map("".join, zip(_LABELS, figures(mine, theirs), strict=True))]
    room = max(_LEAST, width - len(_LABELS[0]))
    texts = [one_line(value) for value in (yours, wanted)]
    cut = (_cut_at(text, room) for text in texts)
    return [*map("".join, zip(_LABELS, cut, strict=True))]


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float, complex)) and not isinstance(value, bool)


class _Float(float):
    """A float that is written with few digits, and with all of them just beside a quarter."""

    def __repr__(self) -> str:
        whole = float(self).__repr__()
        brief = whole if len(whole) <= _DIGITS + 2 else f"{float(self):.{_DIGITS}g}"
        if 0 < abs(float(brief) - self) < _BESIDE and (4 * float(brief)).is_integer():
            return whole  # an edge, such as 1.0, which it was chosen to fall short of
        return brief if set(brief) & set(".en") else f"{brief}.0"  # inf and nan have an n


class _Cut:
    """What stands in the place of a long part of a value: how it begins."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return f"{self._text[: MAX_TEXT - 3]}..."


class _Complex(complex):
    """A complex number that is written with few digits."""

    def __repr__(self) -> str:
        whole = complex(self).__repr__()
        return whole if len(whole) <= 2 * _DIGITS else f"({complex(self):.{_DIGITS}g})"


def _tidy(value: Value, is_whole: bool = False, are_cut: bool = False) -> Value:
    """Return a value with Python's numbers for NumPy's, and Python's dicts and lists."""
    tidy = partial(_tidy, is_whole=is_whole, are_cut=are_cut)
    if isinstance(value, dict):
        return {_key(tidy(key), are_cut): tidy(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return (list if isinstance(value, list) else tuple)(map(tidy, value))
    if isinstance(value, (set, frozenset)):
        return type(value)(map(tidy, value))
    value = plain(value)
    if are_cut and isinstance(value, (str, bytes)) and len(value) > MAX_TEXT:
        return _Cut(repr(value[:MAX_TEXT]))
    if isinstance(value, (float, complex)) and not is_whole:
        return _Float(value) if isinstance(value, float) else _Complex(value)
    return value


def _key(key: Any, is_cut: bool) -> Any:
    """Return a key of a dict; what belongs to it stands as far to the right as it is long."""
    is_long = is_cut and len(repr(key)) > MAX_TEXT
    return _Cut(repr(key)) if is_long else key
