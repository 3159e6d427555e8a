"""Tables as platforms and spreadsheets write them: CSV of any delimiter and encoding."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.errors import UsageError, in_one_line
from grader.files import read_regular

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_CELL = 1_000  # characters: an id, a name, a date; comments may be longer, and are not read
DELIMITERS = ",;\t"
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
        text = _text(read_regular(path, MAX_BYTES))
        every = list(_rows(text))
    except OSError as error:
        fault = f"this table cannot be read: {error.strerror or error}"
        raise UsageError(fault, where=shown, next="Name a CSV file.") from error
    except (ValueError, csv.Error) as error:
        fault = f"this is no table that can be read: {error}"
        raise UsageError(fault, where=shown, next=_SAVE) from error
    rows = [[cell[:MAX_CELL] for cell in row] for row in every]
    if not rows:
        raise UsageError("this table is empty", where=shown, next=_SAVE)
    headings = tuple(cell.strip() for cell in rows[0])
    width = len(headings)
    whole = (tuple([*row, *[""] * width][:width]) for row in rows[1:])
    cut = sum(len(cell) > MAX_CELL for row in every for cell in row)
    return Table(path.name, headings, tuple(whole), cut)


def letters(heading: str) -> str:
    """Return the letters and digits of a heading, small."""
    return "".join(char for char in heading.casefold() if char.isalnum())


def write_table(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as CSV that every spreadsheet and platform reads: UTF-8, commas."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode("utf-8", "replace")


def _text(body: bytes) -> str:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16")
    if b"\0" in body:
        raise ValueError("it is no text")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _rows(text: str) -> Iterator[list[str]]:
    head = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter)):
        if number > MAX_ROWS:
            raise ValueError(f"it has more than {MAX_ROWS:,} rows")
        if any(cell.strip() for cell in row):
            yield row
