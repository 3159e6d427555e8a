"""One hand-in: whose it may be, when it came, and its files."""

from __future__ import annotations

import json
from typing import NamedTuple

from grader.classroom.hand_ins.entries import Entry


class Clue(NamedTuple):
    """Something that says who a person is.

    Its `kind` is one of "canvas", "participant" (Moodle's), "email", "number", "login", "github",
    "folder" (what a folder is called: any of the others), "name" or "group" (whose members share
    a hand-in). "attachment" is Canvas's number of a file of theirs, which feedback is sent back by,
    and "unclear" why nothing says who it is.
    """

    kind: str
    value: str


Clues = tuple[Clue, ...]


def clues_of(text: str) -> Clues:
    """Return clues from their JSON."""
    return tuple(Clue(kind, value) for kind, value in json.loads(text))


class HandIn(NamedTuple):
    """What came from one person at one time, or from a few together: `submitters` has each.

    `place` is where in the download it is. `submitted_at` is in UTC, as `utc` writes it, or empty
    where the download does not say; `is_late` is what it says of that, and `late_seconds` how much.
    """

    place: str
    submitters: tuple[Clues, ...]
    files: tuple[Entry, ...]
    submitted_at: str = ""
    is_late: bool | None = None
    late_seconds: int | None = None
