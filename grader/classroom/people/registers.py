"""Tables that go with a download: who a platform's number is, and when something came.

Moodle's grading worksheet and Gradescope's scores have times; any table with ids links these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from grader.classroom.hand_ins.record import Clue, Clues, HandIn
from grader.classroom.people.ids import are_one, is_id, key_of
from grader.classroom.people.roster import Person, read_people
from grader.classroom.people.table_times import Known, Times, keys_of, times_in
from grader.classroom.people.tables import Table

_TELLING = ("canvas", "participant", "email", "number", "login", "github", "name")
_LINKS = ("participant", "canvas", "github")  # what a platform calls people


class Registers:
    """All tables that were named with the downloads.

    Dates in words are those of `zone`, the one that the due date was given in. `times` has what
    each table says of when something came.
    """

    def __init__(self, tables: Iterable[Table], zone: tzinfo) -> None:
        self._rows: dict[tuple[str, str], list[Clues]] = {}
        self.times: list[Times] = []
        for table in tables:
            self._link(read_people(table))
            self.times.append(times_in(table, zone))
        self._people = {key: rows[-1] for key, rows in self._rows.items() if are_one(rows)}

    def completed(self, hand_in: HandIn, times: Sequence[Times] = ()) -> HandIn:
        """Return a hand-in with what the tables know of who handed it in.

        When it came is what those say that have the `times` of its download.
        """
        submitters = tuple(self._more(clues) for clues in hand_in.submitters)
        found = (each[key] for key in keys_of(hand_in) for each in times if key in each)
        known = next(found, Known())
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
