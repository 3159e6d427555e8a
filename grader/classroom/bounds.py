"""What reading one hand-in may take, so that nobody's is waited for on account of another's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

from grader.backstop import within_bounds
from grader.errors import RefusedError

# Of one hand-in; of what is beyond that the first is listed, and says so.
MAX_LISTED = 20_000  # files that are looked at, by their names, in zips too
MAX_NAMED = 10_000_000  # characters of their paths; a zip packs long ones to next to nothing
MAX_FILES, MAX_ZIPS, MAX_READ = 2_000, 20, 200_000_000
MAX_SEARCHED = 10_000_000  # bytes of files that are not called by an exercise
MAX_PARSED = 3_000_000  # bytes of Python, of files and cells; a megabyte takes a second or two
MAX_LOADED = 100_000_000  # bytes of notebooks, with what they show
MAX_CELLS = 20_000  # of all notebooks
MAX_OBJECTS = 200_000  # braces in all notebooks: a cell is an object, and so is an output
MAX_PARTS = 3_000_000  # of all JSON in notebooks: what opens, parts or pairs values
MAX_KEPT = 5_000_000  # bytes of all answers: one file may answer every exercise
MAX_ANSWERS = 1_000_000  # bytes of files of answers to quizzes; they take a second
MAX_RECORDS, MAX_RECORDED = 20, 10_000_000  # records of progress, and bytes of all of them
MAX_SECONDS = 20.0  # of computing, for what none of these has thought of
MAX_TOLD = 200  # files that are no answers, each with its reason; how many more there are is said
MAX_EXAMS = 50  # of all records, one for each quiz that it asks of: each has a report of its own

MOST_OF_ONE = 4  # times what one hand-in may parse, for all of one person in a download

_SAID = {
    "listed": "there are more than {:,} files",
    "named": "the names of its files have more than {:,} characters",
    "files": "there are more than {:,} files",
    "zips": "there are more than {:,} zips",
    "read": "the hand-in holds more than {:,} bytes",
    "searched": "the files that are not called by an exercise hold more than {:,} bytes",
    "parsed": "the hand-in holds more than {:,} bytes of code",
    "loaded": "the notebooks of the hand-in hold more than {:,} bytes",
    "cells": "the notebooks of the hand-in hold more than {:,} cells",
    "parts": "the notebooks of the hand-in hold more than {:,} values",
    "objects": "the notebooks of the hand-in hold more than {:,} parts",
    "kept": "the answers of the hand-in hold more than {:,} bytes",
    "answers": "the hand-in holds more than {:,} bytes of such files",
    "records": "the hand-in holds more than {:,} records",
    "recorded": "the records of the hand-in hold more than {:,} bytes",
}
_PARSED = ("parsed", "loaded", "cells", "answers")


class Work:
    """What is left of it. Each method takes some, or raises `RefusedError` where too little is.

    All that is read of one hand-in is charged to one of these, and what is parsed also to what is
    left for its person's.
    """

    def __init__(self, parsed: ParsedOfOne | None = None) -> None:
        self._parsed = parsed or ParsedOfOne()
        self._most = {
            "listed": MAX_LISTED,
            "named": MAX_NAMED,
            "files": MAX_FILES,
            "zips": MAX_ZIPS,
            "read": MAX_READ,
            "searched": MAX_SEARCHED,
            "parsed": MAX_PARSED,
            "loaded": MAX_LOADED,
            "cells": MAX_CELLS,
            "parts": MAX_PARTS,
            "objects": MAX_OBJECTS,
            "kept": MAX_KEPT,
            "answers": MAX_ANSWERS,
            "records": MAX_RECORDS,
            "recorded": MAX_RECORDED,
        }
        self._left, self._exams = {**self._most}, MAX_EXAMS
        self._seconds = MAX_SECONDS

    @contextmanager
    def computing(self) -> Iterator[None]:
        """Let what is done with a file take what is left of the seconds, and a lot of memory.

        Raises `RefusedError` where it takes more.
        """
        began = process_time()
        try:
            with within_bounds(seconds=min(self._seconds, self._parsed.seconds)):
                yield
        finally:
            took = process_time() - began
            self._seconds -= took
            self._parsed.seconds -= took

    def list(self, path: str) -> None:
        """Look at the name of a file."""
        self._take("listed", 1)
        self._take("named", len(path))

    def look_at(self) -> None:
        """Look at what is in a file."""
        self._take("files", 1)

    def open_zip(self) -> None:
        """List what is in a zip."""
        self._take("zips", 1)

    def require_more(self) -> None:
        """Require that anything may be read."""
        if self._left["read"] <= 0:
            raise self._too_much("read")

    def read(self, size: int) -> None:
        """Say that so many bytes were read; the first file beyond what may be is the last."""
        self._left["read"] -= size

    def search(self, size: int) -> None:
        """Look through so many bytes for what is defined in them; once there are too many, none."""
        self._left["searched"] -= size
        self._take("searched", 0)

    def parse(self, size: int) -> None:
        """Parse so many bytes of Python."""
        self._take("parsed", size)

    def load(self, notebook: bytes) -> None:
        """Parse the JSON of a notebook."""
        self._take("loaded", len(notebook))
        self._take("parts", sum(notebook.count(sign) for sign in (b"[", b"{", b",", b":")))
        self._take("objects", notebook.count(b"{"))

    def go_through(self, cells: int) -> None:
        """Go through so many cells."""
        self._take("cells", cells)

    def keep(self, size: int) -> None:
        """Keep an answer of so many bytes."""
        self._take("kept", size)

    def parse_answers(self, size: int) -> None:
        """Parse so many bytes of answers to quizzes."""
        self._take("answers", size)

    def open_record(self, size: int) -> None:
        """Read a record of so many bytes."""
        self._take("records", 1)
        self._take("recorded", size)

    def some_exams(self, wanted: int) -> int:
        """Return how many answers of exams are taken, of those that there are."""
        taken = min(wanted, self._exams)
        self._exams -= taken
        return taken

    def _take(self, what: str, amount: int) -> None:
        if amount > self._left[what]:
            raise self._too_much(what)
        self._left[what] -= amount
        if what in _PARSED:
            self._parsed.take(what, amount, self._most[what])

    def _too_much(self, what: str) -> RefusedError:
        return RefusedError(_SAID[what].format(self._most[what]))


class ParsedOfOne:
    """What was parsed of all hand-ins of one person."""

    def __init__(self) -> None:
        self._taken = dict.fromkeys(_PARSED, 0)
        self.seconds = MOST_OF_ONE * MAX_SECONDS  # that are left, of computing

    def take(self, what: str, amount: int, most: int) -> None:
        """Take some, of so many times the `most` that one hand-in may take."""
        self._taken[what] += amount
        if self._taken[what] > MOST_OF_ONE * most:
            said = _SAID[what].format(MOST_OF_ONE * most).partition(" more than ")[2]
            raise RefusedError(f"all hand-ins of this person hold more than {said}")
