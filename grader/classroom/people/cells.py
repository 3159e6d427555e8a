"""The cells of a CSV file: whatever stands in one takes time and memory in proportion to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

DELIMITERS = ";\t,"  # the comma last: where German writes a ; it is in headings and names
MAX_ROWS, MAX_COLUMNS = 200_000, 2_000
MAX_CELLS = 2_000_000  # were each row as long as the longest, as a table's are
# Some of what is between quotation marks; at most so much, because each part is remembered.
_INSIDE = re.compile(r'(?:[^"]+|""){0,1000}')

# In a cell that begins with a quotation mark, a part of it that is between two of them.
_QUOTED = re.compile(r'(?:^|(?<=[",;\t]))"[^"]*"')
_SEP = re.compile(r"sep=([,;\t])\r?(?:\n|\Z)", re.IGNORECASE)


class Row(NamedTuple):
    """The cells of a row as they are written, what ends it, and in which line it begins."""

    cells: list[str]
    end: str
    line: int = 0


def delimiter_of(text: str) -> str:
    """Return what stands between cells: what the first line has most of beside quotations.

    Excel may say it in a line of its own, on top: sep=;
    """
    begins = text.lstrip("\r\n")
    if said := _SEP.match(begins):
        return said[1]
    first = _QUOTED.sub("", begins.partition("\n")[0])
    return max(DELIMITERS, key=first.count) if any(map(first.count, DELIMITERS)) else ","


def rows_of(text: str) -> Iterator[Row]:
    """Yield the rows of a CSV file.

    Raises
    ------
    ValueError
        It is none, or holds too much.
    """
    delimiter = delimiter_of(text)
    unquoted, ends = re.compile(rf"[^{delimiter}\r\n]*"), re.compile(rf"{delimiter}|\r?\n|\r|\Z")
    cells, at, rows, widest, line = list[str](), 0, 0, 0, 1
    while at < len(text) or cells:
        begins = at
        if text.startswith('"', at):
            at = _closed(text, at)
        at = unquoted.match(text, at).end()  # type: ignore[union-attr]
        end = ends.match(text, at)
        assert end is not None
        cells.append(text[begins:at])
        at, widest = end.end(), max(widest, len(cells))
        if end[0] != delimiter:
            rows += 1
            yield Row(cells, end[0], line)
            line += 1 + sum(cell.count("\n") for cell in cells)
            cells = []
        if rows > MAX_ROWS or widest > MAX_COLUMNS or rows * widest > MAX_CELLS:
            most = f"{MAX_ROWS:,} rows, {MAX_COLUMNS:,} columns, or {MAX_CELLS:,} cells"
            raise ValueError(f"it has more than {most}")


def says_delimiter(row: Row) -> bool:
    """Tell whether a row is the line in which Excel says what stands between cells."""
    return row.line == 1 and row.cells[0].casefold() == "sep=" and row.cells[1:] == [""]


def meant(cell: str) -> str:
    """Return what a cell means."""
    if not cell.startswith('"'):
        return cell
    inside, _, rest = cell[1:].rpartition('"')
    return inside.replace('""', '"') + rest


def _closed(text: str, begins: int) -> int:
    """Return where a text ends that a quotation mark opens."""
    at = begins + 1
    while at < len(text):
        at = _INSIDE.match(text, at).end()  # type: ignore[union-attr]
        if text.startswith('"', at) and not text.startswith('""', at):
            return at + 1
    line = text.count("\n", 0, begins) + 1
    raise ValueError(f"in line {line} a quotation mark is not closed")
