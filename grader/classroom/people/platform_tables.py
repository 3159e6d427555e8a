"""Tables that a platform gave out: the ids in them are its own, to the letter, zeros and all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.classroom.hand_ins.record import Clues
from grader.classroom.people.roster import clues_of_rows
from grader.classroom.people.tables import Table, letters, number_of

CANVAS, MOODLE = "canvas", "moodle"
POSSIBLE = "Points Possible"  # in Canvas's gradebook the row that says how many each assignment has
_LAST_SEEN = "lastdownloadedfromthiscourse"  # only Moodle's gradebook has such a column
_POINTS = re.compile(r"[0-9]{1,100}([.,][0-9]{1,100})?")  # as marks keep them
_NUMBER = re.compile(r"\(([0-9]+)\)$")


class Column(NamedTuple):
    """An assignment in Canvas's gradebook: its heading, and its points to the last digit."""

    heading: str
    points: str

    @property
    def most(self) -> float:
        """Its points."""
        return float(self.points)


class PlatformTable(NamedTuple):
    """What a platform calls people, a row each, and the assignments of Canvas's gradebook."""

    platform: str
    people: tuple[Clues, ...]
    columns: tuple[Column, ...]


def platform_table(table: Table) -> PlatformTable | None:
    """Return what a table says of its platform's own; None where no platform's is known in it."""
    rows = tuple(filter(None, clues_of_rows(table)))
    kinds = {clue.kind for clues in rows for clue in clues}
    if "canvas" in kinds:
        return PlatformTable(CANVAS, rows, tuple(_columns(table)))
    if "participant" in kinds or any(letters(each) == _LAST_SEEN for each in table.headings):
        return PlatformTable(MOODLE, rows, ())
    return None


def number_in(heading: str) -> str:
    """Return the number at the end of a heading by which Canvas knows an assignment, or nothing."""
    found = _NUMBER.search(heading.strip())
    return found[1] if found else ""


def column_called(columns: Sequence[Column], heading: str) -> Column | None:
    """Return the assignment that Canvas takes a heading for: by its number, else by its title.

    Between several nobody guesses.
    """
    number = number_in(heading)
    titles = [each for each in columns if _title(each.heading) == _title(heading)]
    same = [each for each in columns if number_in(each.heading) == number] if number else titles
    return same[0] if len(same) == 1 else None


def _title(heading: str) -> str:
    return _NUMBER.sub("", heading.strip()).strip().casefold()


def _columns(table: Table) -> Iterator[Column]:
    """Yield the columns that have points, of those after the person's own."""
    possible = next((row for row in table.rows if POSSIBLE in map(str.strip, row)), ())
    section = table.column("section")
    for number, (heading, cell) in enumerate(zip(table.headings, possible, strict=False)):
        is_after = section is not None and number > section
        if is_after and _POINTS.fullmatch(cell.strip()) and number_of(cell) is not None:
            yield Column(heading, cell.strip().replace(",", "."))
