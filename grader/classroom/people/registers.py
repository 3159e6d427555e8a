"""Tables that go with a download: who a platform's number is, and when something came.

Moodle's grading worksheet and Gradescope's scores have times; any table with ids links these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

from grader.classroom.hand_ins.record import Clue, Clues, HandIn
from grader.classroom.hand_ins.times import read_amount, read_stamp, read_words
from grader.classroom.people.ids import are_one, is_id, key_of
from grader.classroom.people.roster import Person, read_people
from grader.classroom.people.tables import Table

_LATE = re.compile(r" - ([^-]*?) late\b")
_TELLING = ("canvas", "participant", "email", "number", "login", "github", "name")
_LINKS = ("participant", "canvas", "github")  # what a platform calls people


class _Known(NamedTuple):
    submitted_at: str = ""
    is_late: bool | None = None
    late_seconds: int | None = None


class Registers:
    """All tables that were named with the downloads.

    Dates in words are those of `zone`, the one that the due date was given in.
    """

    def __init__(self, tables: Iterable[Table], zone: tzinfo) -> None:
        self._rows: dict[tuple[str, str], list[Clues]] = {}
        self._times: dict[tuple[str, str], _Known] = {}
        for table in tables:
            people = read_people(table)
            self._link(people)
            self._times.update(_worksheet_times(table, zone))
            self._times.update(_score_times(table))
        self._people = {key: rows[-1] for key, rows in self._rows.items() if are_one(rows)}

    def completed(self, hand_in: HandIn) -> HandIn:
        """Return a hand-in with what the tables know of who handed it in, and when."""
        submitters = tuple(self._more(clues) for clues in hand_in.submitters)
        keys = [(clue.kind, clue.value) for clues in hand_in.submitters for clue in clues]
        keys.append(("submission", hand_in.place))
        known = next((self._times[key] for key in keys if key in self._times), _Known())
        is_late = known.is_late if hand_in.is_late is None else hand_in.is_late
        seconds = known.late_seconds if hand_in.late_seconds is None else hand_in.late_seconds
        return hand_in._replace(
            submitters=submitters,
            submitted_at=hand_in.submitted_at or known.submitted_at,
            is_late=is_late,
            late_seconds=seconds,
        )

    def _link(self, people: Sequence[Person]) -> None:
        for person in people:
            for clue in person.clues:
                if clue.kind in _LINKS and is_id(clue):
                    self._rows.setdefault((clue.kind, key_of(clue)), []).append(person.clues)

    def _more(self, clues: Clues) -> Clues:
        found = (self._people.get((clue.kind, key_of(clue)), ()) for clue in clues)
        return (*clues, *(more for each in found for more in each if _is_new(more, clues)))


def _is_new(clue: Clue, clues: Clues) -> bool:
    return clue.kind in _TELLING and clue not in clues


def _worksheet_times(table: Table, zone: tzinfo) -> Mapping[tuple[str, str], _Known]:
    """Return what Moodle's worksheet says, by participant: a date, and in words how late."""
    identifier, status = table.column("identifier"), table.column("status")
    date = table.column("lastmodifiedsubmission")
    if identifier is None or (status is None and date is None):
        return {}
    found = {}
    for row in table.rows:
        number = row[identifier].rpartition(" ")[2]
        late = _LATE.search(row[status]) if status is not None else None
        at = read_words(row[date], zone) if date is not None else ""
        seconds = read_amount(late[1]) if late else None
        found["participant", number] = _Known(at, True if late else None, seconds)
    return found


def _score_times(table: Table) -> Mapping[tuple[str, str], _Known]:
    """Return what Gradescope's scores say, by submission."""
    number, late = table.column("submissionid"), table.column_that_begins("lateness")
    date = table.column("submissiontime")
    if number is None or late is None:
        return {}
    found = {}
    for row in table.rows:
        seconds = read_amount(row[late])
        at = read_stamp(row[date], None) if date is not None else ""
        is_late = None if seconds is None else seconds > 0
        found["submission", f"submission_{row[number]}"] = _Known(at, is_late, seconds)
    return found
