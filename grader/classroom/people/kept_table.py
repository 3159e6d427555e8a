"""A table of which some cells are written anew, and all else stays byte for byte."""

from __future__ import annotations

import codecs
from pathlib import Path

from grader.classroom.people.cells import delimiter_of, rows_of
from grader.classroom.people.tables import MAX_BYTES, is_row, table_of
from grader.errors import UsageError, in_one_line
from grader.files import read_regular

# With what a file begins, and what it is then written in.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class KeptTable:
    """A CSV file as it is. Set cells of it, and take its `body`."""

    def __init__(self, path: Path) -> None:
        """Read it; raise `UsageError` where it is none, or cannot be read."""
        shown = in_one_line(str(path))
        try:
            body = read_regular(path, MAX_BYTES)
            self._bom, self._encoding = _written_in(body)
            text = body[len(self._bom) :].decode(self._encoding, "surrogateescape")
            self._delimiter = delimiter_of(text)
            self._all = list(rows_of(text))
        except (OSError, ValueError) as error:
            raise UsageError(
                f"this table cannot be read: {getattr(error, 'strerror', None) or error}",
                where=shown,
                next="Name the CSV file that the platform gave out, as it is.",
            ) from error
        self._rows = [row for row in self._all if is_row(row)]
        if not self._rows:
            raise UsageError("this table is empty", where=shown)
        self.table = table_of(path.name, self._rows)

    def set(self, row: int, column: int, text: str) -> bool:
        """Write a cell, and tell whether the file's encoding has all its characters."""
        cells = self._rows[row + 1].cells
        cells += [""] * (column + 1 - len(cells))
        fits = text.encode(self._encoding, "replace").decode(self._encoding)
        cells[column] = self._quoted(fits)
        return fits == text

    @property
    def body(self) -> bytes:
        """The file."""
        lines = (self._delimiter.join(row.cells) + row.end for row in self._all)
        return self._bom + "".join(lines).encode(self._encoding, "surrogateescape")

    def _quoted(self, text: str) -> str:
        if text.strip() == text and not {*text} & {*'"\r\n', self._delimiter}:
            return text
        return '"' + text.replace('"', '""') + '"'


def _written_in(body: bytes) -> tuple[bytes, str]:
    """Return the mark that a file begins with, and its encoding."""
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return bom, encoding
    if b"\0" in body:
        raise ValueError("it is no text")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return b"", "cp1252"
    return b"", "utf-8"
