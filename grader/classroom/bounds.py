"""What reading one hand-in may take, so that nobody's is waited for on account of another's."""

from __future__ import annotations

from grader.errors import RefusedError

# Of one hand-in; of what is beyond that the first is listed, and says so.
MAX_LISTED = 20_000  # files that are looked at, by their names
MAX_FILES, MAX_ZIPS, MAX_READ = 2_000, 20, 200_000_000
MAX_PARSED = 3_000_000  # bytes of Python, of files and cells; a megabyte takes a second or two
MAX_CELLS = 20_000  # of all notebooks
MAX_OBJECTS = 200_000  # braces in all notebooks: a cell is an object, and so is an output
MAX_KEPT = 5_000_000  # bytes of all answers: one file may answer every exercise


class Work:
    """What is left of it. Each method takes some, or raises `RefusedError` where too little is."""

    def __init__(self) -> None:
        self._parsed, self._cells, self._kept = MAX_PARSED, MAX_CELLS, MAX_KEPT
        self._objects = MAX_OBJECTS

    def parse(self, size: int) -> None:
        """Parse so many bytes of Python."""
        if size > self._parsed:
            raise RefusedError(f"the hand-in holds more than {MAX_PARSED:,} bytes of code")
        self._parsed -= size

    def load(self, notebook: bytes) -> None:
        """Parse the JSON of a notebook."""
        objects = notebook.count(b"{")
        if objects > self._objects:
            raise RefusedError(f"the notebooks of the hand-in hold more than {MAX_OBJECTS:,} parts")
        self._objects -= objects

    def go_through(self, cells: int) -> None:
        """Go through so many cells."""
        if cells > self._cells:
            raise RefusedError(f"the notebooks of the hand-in hold more than {MAX_CELLS:,} cells")
        self._cells -= cells

    def keep(self, size: int) -> None:
        """Keep an answer of so many bytes."""
        if size > self._kept:
            raise RefusedError(f"the answers of the hand-in hold more than {MAX_KEPT:,} bytes")
        self._kept -= size
