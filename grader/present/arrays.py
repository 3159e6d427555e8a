"""Arrays as people read them: rounded, aligned, and never more than fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.errors import in_one_line
from grader.grading.value_words import describe
from grader.present.nests import call_behind, is_list_of_arrays, is_list_of_dicts, is_little
from grader.present.plain_values import (
    beside_values,
    few_lines,
    is_plain,
    one_line,
    value_lines,
)
from grader.records import Evidence, Value

Array = np.ndarray[Any, Any]
MAX_ROWS, MAX_COLUMNS = 6, 6
MAX_PARTS = 60  # lines of a dict of arrays: a model's parameters have some twenty
MAX_BRIEF = 60  # characters of a value that stands in a line with others


def describe_argument(name: str, value: Value) -> list[str]:
    """Return an argument as lines: small arrays whole, larger ones by shape and dtype."""
    if _is_short_row(value):
        return [f"{outline_argument(name, value)}, {value.dtype}"]
    if isinstance(value, np.ndarray) and value.ndim:
        header = f"{name} = array of shape {value.shape}, {value.dtype}"
        return [header, *(f"    {line}" for line in _whole(value))]
    if (call := call_behind(value)) and value["args"]:
        given = describe_argument("its first argument", value["args"][0])
        return [f"{name} = {call}, with", *(f"    {line}" for line in given)]
    if is_list_of_arrays(value):
        some = [describe_argument(f"{name}[{at}]", item) for at, item in enumerate(value[:3])]
        return [*sum(some, []), *[f"... {len(value)} arrays in all"] * (len(value) > 3)]
    if is_plain(value):
        first, *more = value_lines(value)
        return [f"{name} = {first}", *(f"{' ' * len(name)}   {line}" for line in more)]
    if isinstance(value, dict):
        parts = _parts(value)
        return [
            f"{name} = dict of",
            *(f"    {line}" for line in few_lines(parts, len(parts), MAX_PARTS)),
        ]
    if is_list_of_dicts(value):
        parts = _parts_of_each(value)
        counted = f"{name} = {_counted(value)}"
        return [counted, *(f"    {line}" for line in few_lines(parts, len(parts), MAX_PARTS))]
    return [f"{name} = {value!r}" if is_little(value) else f"{name} ({describe(value)})"]


def outline_argument(name: str, value: Value) -> str:
    """Return an argument in a few words: a short row of numbers, or else what shape it has."""
    if _is_short_row(value):
        return f"{name} = [{'  '.join(_entries(value))}]"
    return shape_of(name, value)


def shape_of(name: str, value: Value) -> str:
    """Return an argument by its shape, or a number as it is."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"{name} {value.shape}"
    if call := call_behind(value):
        return f"{name} = {call}"
    if is_list_of_arrays(value):
        return f"{name} (a list of {len(value)} arrays)"
    is_long = isinstance(value, (dict, list)) and not is_plain(value)
    if is_long or (is_plain(value) and len(one_line(value)) > MAX_BRIEF):
        return f"{name} ({describe(value)})"
    return f"{name} = {one_line(value)}"


def _is_short_row(value: Value) -> bool:
    return isinstance(value, np.ndarray) and value.ndim == 1 and 0 < value.size <= MAX_COLUMNS


def _counted(value: list[dict[str, Value]]) -> str:
    return f"list of {len(value)}, each a dict of" if value else "an empty list"


def _parts_of_each(value: list[dict[str, Value]]) -> list[str]:
    """Return what the dicts of a list hold: once where they are alike, as blocks of a stack are."""
    parts = [_parts(item) for item in value]
    if all(each == parts[0] for each in parts):
        return parts[0] if parts else []
    numbered = ([f"[{index}]:", *(f"    {p}" for p in each)] for index, each in enumerate(parts))
    return [line for lines in numbered for line in lines]


def _parts(value: dict[str, Value]) -> list[str]:
    """Return what a dict of parameters holds, a line for each shape, inner dicts indented."""
    lines: list[str] = []
    shapes: dict[str, list[str]] = {}
    for key, item in value.items():
        if isinstance(item, dict):
            lines += [f"{_called(key)}:", *(f"    {line}" for line in _parts(item))]
        elif is_list_of_dicts(item):
            parts = (f"    {part}" for part in _parts_of_each(item))
            lines += [f"{_called(key)}: {_counted(item)}", *parts]
        else:
            words = str(np.shape(item)) if isinstance(item, np.ndarray) else f"({describe(item)})"
            shapes.setdefault(words, []).append(_called(key))
    return lines + [f"{' '.join(keys)} {shape}" for shape, keys in shapes.items()]


def _called(key: Value) -> str:
    """Return the key of a dict: a name as it stands there, if it has no lines of its own."""
    return in_one_line(key) if isinstance(key, str) else one_line(key)


def beside(
    evidence: Evidence, width: int, rows: int = MAX_ROWS, *, abreast: bool = False
) -> list[str]:
    """Return yours and wanted, at most so many rows of each, every wrong entry marked with *.

    They begin at the first difference where there are more rows, or columns, than fit. What is too
    wide for one line stands one above the other; `abreast`, it has fewer columns instead.
    """
    yours, wanted = evidence.yours, evidence.wanted
    if evidence.difference.kind == "raises":
        return []
    if evidence.difference.kind == "check":
        mine, theirs = describe_argument("yours", yours), describe_argument("a right one", wanted)
        return [*mine[: 2 * rows], *theirs[: 2 * rows]]
    if is_plain(yours) and is_plain(wanted):
        return beside_values(evidence, width, rows)
    for step in evidence.difference.path:
        yours, wanted = yours[step], wanted[step]
    first, path = evidence.difference.first, evidence.difference.path
    if is_plain(yours) and is_plain(wanted):
        inner = evidence.difference._replace(path=())
        differing = evidence.differing[len(path) :]
        part = evidence._replace(yours=yours, wanted=wanted, difference=inner, differing=differing)
        return beside_values(part, width, rows)
    if first is None or not isinstance(wanted, np.ndarray) or not wanted.ndim:
        return _apart(yours, wanted, rows)
    for columns in range(MAX_COLUMNS, 0, -1):
        values = (yours, wanted, evidence.difference.wrong)
        lines = _around(values, first, (rows, columns), width)
        if max(map(len, lines)) <= width and not (abreast and columns > 2 and "" in lines):
            break
    return lines


def _around(
    values: Sequence[Value], first: Sequence[int], most: tuple[int, int], width: int
) -> list[str]:
    """Return what stands around the first difference, at most so many rows and columns of each.

    `values` are yours, the one wanted, and which entries the judge found wrong.
    """
    corner, (mine, theirs, wrong) = _window(values, first, most)
    digits = _telling_digits(mine, theirs, wrong)
    left = grid(mine, digits, wrong)
    right = grid(theirs, digits)
    lines = _side_by_side(corner, left, right, width)
    return [*lines, *_left_out(values[2], wrong)]


def _left_out(wrong: Array, within: Array) -> list[str]:
    """Return a line that counts the rows with wrong entries that are not shown, if any."""
    every, here = (int(np.atleast_2d(each).any(axis=-1).sum()) for each in (wrong, within))
    count = every - here
    return [f"and {count} more row{'s' if count > 1 else ''} with wrong entries"] * (count > 0)


def _apart(yours: Value, wanted: Value, rows: int) -> list[str]:
    """Return two values one above the other, as far as they are arrays: they do not line up.

    Of one that has more rows than so many only the shape is shown, and nothing of two such.
    """
    pairs = (("yours", yours), ("wanted", wanted))
    lines = []
    for name, value in pairs:
        if not is_plain(value) and not isinstance(value, np.ndarray):
            lines.append(f"{name} = {describe(value)}")
            continue
        header, *body = describe_argument(name, value)
        lines += [header, *(body if len(body) <= 2 * rows else [])]
    return lines if any("shape" not in line for line in lines) else []  # the message has shapes


def _entries(row: Array) -> list[str]:
    digits = _decimals(row)
    return [_entry(value, digits) for value in row]


def grid(array: Array, digits: int | None = None, marks: Array | None = None) -> list[str]:
    """Return a 2-D array as aligned lines; `marks` says which entries get a *."""
    digits = _decimals(array) if digits is None else digits
    texts = [[_entry(value, digits) for value in row] for row in array]
    width = max(len(text) for row in texts for text in row)
    if marks is None:
        return ["  ".join(text.rjust(width) for text in row) for row in texts]
    stars = [["*" if wrong else " " for wrong in row] for row in marks]
    return [
        " ".join(text.rjust(width) + star for text, star in zip(*pair, strict=True))
        for pair in zip(texts, stars, strict=True)
    ]


def _whole(value: Array) -> list[str]:
    """Return a small array entry by entry; one of more than two axes slice by slice."""
    if not 0 < value.size <= MAX_ROWS * MAX_COLUMNS or value.shape[-1] > MAX_COLUMNS:
        return []
    if value.ndim <= 2:
        return grid(np.atleast_2d(value))
    digits = _decimals(value)
    lines = []
    for index in np.ndindex(value.shape[:-2]):
        lines += [f"{[*index, ...]}:".replace("Ellipsis", "..."), *grid(value[index], digits)]
    return lines


def _window(
    values: Sequence[Value], first: Sequence[int], most: tuple[int, int]
) -> tuple[str, list[Array]]:
    """Cut the rows and columns around the first difference out of each, and say where that is."""
    shape = np.shape(values[0])
    row, column = ([0, *first] if len(first) == 1 else first)[-2:]
    outer = tuple(first[:-2])
    whole = [np.atleast_2d(np.asarray(value)[outer]) for value in values]
    rows, width = whole[0].shape
    height, columns = most
    top, left = max(0, min(row, rows - height)), max(0, min(column - columns // 2, width - columns))
    part = np.s_[top : top + height, left : left + columns]
    cut = [each[part] for each in whole]
    spans = [_span(top, height, rows)] * (len(shape) > 1)
    spans.append(_span(left, columns, width))
    is_all = cut[0].shape == whole[0].shape and not outer
    corner = "" if is_all else f"[{', '.join([*map(str, outer), *spans])}]"
    return corner, cut


def _span(start: int, length: int, size: int) -> str:
    if length == 1 < size:
        return str(start)
    return ":" if length >= size else f"{start}:{min(start + length, size)}"


def _telling_digits(yours: Array, wanted: Array, wrong: Array) -> int:
    """Return as few decimals as show a difference wherever there is one."""
    least = max(_decimals(yours), _decimals(wanted))
    pairs = list(zip(yours[wrong], wanted[wrong], strict=True))
    for digits in range(least, 16):
        if all(_entry(mine, digits) != _entry(theirs, digits) for mine, theirs in pairs):
            return digits
    return least


def _decimals(array: Array) -> int:
    """Return how many decimals show the entries: 4, or fewer where they are round."""
    if array.dtype.kind not in "fc":
        return 0
    finite = array[np.isfinite(array)]
    with np.errstate(over="ignore"):  # the largest are not to be had times ten
        return next((d for d in range(4) if np.allclose(finite, finite.round(d), 0, 1e-9)), 4)


def _entry(value: Any, digits: int) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "T" if value else "F"
    if isinstance(value, (int, np.integer)):
        return str(value)
    if np.iscomplexobj(value):
        return f"{value:.{digits}f}"
    value = float(value)
    if np.isfinite(value) and abs(value) >= 1e6:
        return f"{value:.3e}"
    return f"{round(value, digits) + 0.0:.{digits}f}"  # + 0.0 takes the sign off -0.0


def _side_by_side(corner: str, left: list[str], right: list[str], width: int) -> list[str]:
    """Return two tables side by side if they fit, else one above the other, and where they are."""
    where = f" at {corner}" if corner else ""
    names = f"yours{where}", f"wanted{where}"
    rows = max(map(len, left)) + 4
    column = max(rows, len(names[0]) + 4)
    if column + max(len(names[1]), *map(len, right)) <= width:
        return _abreast([names[0], *left], [names[1], *right], column)
    if rows + max(map(len, right)) <= width:  # only the names do not
        return [where.strip(), *_abreast(["yours", *left], ["wanted", *right], max(rows, 9))]
    return [names[0], *left, "", names[1], *right]


def _abreast(left: list[str], right: list[str], column: int) -> list[str]:
    pairs = zip(left, right, strict=True)
    return [f"{one:<{column}}{other}".rstrip() for one, other in pairs]
