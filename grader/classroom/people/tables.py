"""Tables as platforms and spreadsheets write them: CSV of any delimiter and encoding."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from grader.classroom.people.cells import Row, meant, rows_of, says_delimiter
from grader.errors import UsageError, in_one_line
from grader.files import read_regular

MAX_BYTES = 50_000_000
MAX_CELL = 1_000  # characters: an id, a name, a date; comments may be longer, and are not read
MAX_NUMBER = 1_000_000  # points, which is more than anything has
_FORMULA = ("=", "+", "-", "@")  # a spreadsheet computes what begins so, as wide signs some do
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
_SAVE = "Save it as CSV in UTF-8 from your spreadsheet, or take the file that the platform exports."


class Table(NamedTuple):
    """A table: its name, the headings, and the rows, each as long as the headings.

    `cut` is how many cells were longer than `MAX_CELL`, and end there.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cut: int = 0

    def column(self, *names: str) -> int | None:
        """Return the number of the first heading that is one of some names, letters alone."""
        plain = [letters(heading) for heading in self.headings]
        return next((plain.index(name) for name in names if name in plain), None)

    def column_that_begins(self, name: str) -> int | None:
        """Return the number of the first heading that begins with a name, letters alone."""
        found = (n for n, heading in enumerate(self.headings) if letters(heading).startswith(name))
        return next(found, None)


def read_table(path: Path) -> Table:
    """Read a CSV file.

    Raises
    ------
    UsageError
        It is none, cannot be read, or holds too much.
    """
    shown = in_one_line(str(path))
    try:
        table = table_of(path.name, filter(is_row, rows_of(_text(read_regular(path, MAX_BYTES)))))
    except OSError as error:
        fault = f"this table cannot be read: {error.strerror or error}"
        raise UsageError(fault, where=shown, next="Name a CSV file.") from error
    except ValueError as error:
        fault = f"this is no table that can be read: {error}"
        raise UsageError(fault, where=shown, next=_SAVE) from error
    if not table.headings:
        raise UsageError("this table is empty", where=shown, next=_SAVE)
    return table


def is_row(row: Row) -> bool:
    """Tell whether there is anything in a row that is of the table."""
    return any(meant(cell).strip() for cell in row.cells) and not says_delimiter(row)


def table_of(name: str, rows: Iterable[Row]) -> Table:
    """Return a table of rows, the first of which has its headings, one row at a time.

    Raises
    ------
    UsageError
        A row has more cells than there are headings: nobody knows which of them is what.
    """
    heads: tuple[str, ...] = ()
    whole, width, cut = list[tuple[str, ...]](), 0, 0
    for row in rows:
        cells = [meant(cell) for cell in row.cells]
        cut += sum(len(cell) > MAX_CELL for cell in cells)
        if not width:
            heads, width = tuple(cell[:MAX_CELL].strip() for cell in cells), len(cells)
            continue
        if any(cell[:MAX_CELL].strip() for cell in cells[width:]):
            raise UsageError(
                f"this row has {len(cells)} cells, and the first one {width}",
                where=f"{in_one_line(name)}:{row.line}",
                next="The first row names every column. A name with a comma in it stands between"
                ' quotation marks: "Young, Cy".',
            )
        cells += [""] * (width - len(cells))
        whole.append(tuple(cell[:MAX_CELL] for cell in cells[:width]))
    return Table(name, heads, tuple(whole), cut)


def number_of(cell: str) -> Decimal | None:
    """Return the number in a cell, with a point or a comma; None where it is not one of points."""
    try:
        number = Decimal(cell.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number <= MAX_NUMBER else None


def letters(heading: str) -> str:
    """Return the letters and digits of a heading, small."""
    return "".join(char for char in heading.casefold() if char.isalnum())


def write_table(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as CSV that every spreadsheet and platform reads: UTF-8, commas, no formulas."""
    stream = io.StringIO(newline="")
    every = (map(no_formula, row) for row in rows)
    csv.writer(stream, lineterminator="\n").writerows(every)
    return stream.getvalue().encode("utf-8", "replace")


def no_formula(cell: str) -> str:
    """Return a cell that no spreadsheet computes; a number is none, so ids are as they were."""
    begins = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if begins in _FORMULA and not _NUMBER.fullmatch(cell) else cell


def _text(body: bytes) -> str:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16")
    if b"\0" in body:
        raise ValueError("it is no text")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")
