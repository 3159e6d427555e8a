"""What platforms themselves call people and assignments, as their own tables have it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from grader.classroom.hand_ins.record import Clue, Clues, clues_of
from grader.classroom.marks.reading import Student, students
from grader.classroom.marks.schema import transaction
from grader.classroom.marks.store import Store
from grader.classroom.people.matching import Matcher, key_of
from grader.classroom.people.platform_tables import Column, PlatformTable
from grader.classroom.people.roster import Person

_IDS = ("canvas", "participant", "email", "number", "login", "github")
_LASTING = ("canvas", "email", "number", "login")  # the same in each table of a platform


class Known(NamedTuple):
    """What a platform's own tables say; `ids` is by student, `has_table` if there was one at all.

    `numbers` are the id numbers of people wherever else one stands, in a hand-in, say.
    """

    has_table: bool = False
    ids: Mapping[int, Clues] = {}
    columns: Sequence[Column] = ()
    numbers: Mapping[int, frozenset[str]] = {}

    def first(self, student: Student, *kinds: str) -> str:
        """Return somebody's first value of some kinds: the platform's, else that of the roster."""
        own = Person("", self.ids.get(student.id, ()))
        return own.first(*kinds) or student.person.first(*kinds)


def save_tables(store: Store, tables: Iterable[PlatformTable]) -> None:
    """Write down what tables say, in the place of what was known of the same platforms."""
    tables = list(tables)
    with transaction(store.database):
        for platform in {table.platform for table in tables}:
            store.database.execute("DELETE FROM platform_people WHERE platform = ?", (platform,))
        if any(table.columns for table in tables):
            store.database.execute("DELETE FROM platform_columns")
        for table in tables:
            add = "INSERT INTO platform_people (platform, clues) VALUES (?, ?)"
            rows = ((table.platform, json.dumps(clues)) for clues in table.people)
            store.database.executemany(add, rows)
            keep = "INSERT OR REPLACE INTO platform_columns VALUES (?, ?)"
            store.database.executemany(keep, table.columns)


def known_to(store: Store, platform: str) -> Known:
    """Return what is known of a platform's own tables."""
    everybody = list(students(store))
    rows = {name: _rows(store, name) for name in ("canvas", "moodle")}
    ids = {name: _ids(found, everybody) for name, found in rows.items()}
    numbers: dict[int, set[str]] = {}
    hand_ins = store.rows(
        "SELECT o.person, h.clues FROM owners o JOIN hand_ins h ON h.id = o.hand_in"
        " WHERE (SELECT COUNT(*) FROM owners WHERE hand_in = h.id) = 1"
    )
    said = [(id, clues) for found in ids.values() for id, clues in found.items()]
    said += [(id, clues_of(json.dumps(c))) for id, text in hand_ins for c in json.loads(text)]
    for id, clues in said:
        numbers.setdefault(id, set()).update(c.value for c in clues if c.kind == "number")
    return Known(
        has_table=bool(rows[platform]),
        ids=ids[platform],
        columns=[
            Column(*row) for row in store.rows("SELECT heading, points FROM platform_columns")
        ],
        numbers={id: frozenset(found) for id, found in numbers.items()},
    )


def _rows(store: Store, platform: str) -> list[Clues]:
    query = "SELECT clues FROM platform_people WHERE platform = ? ORDER BY id"
    return [clues_of(clues) for (clues,) in store.rows(query, platform)]


def _ids(rows: Iterable[Clues], everybody: Sequence[Student]) -> dict[int, Clues]:
    """Return the row that is a student's without doubt, by the student's id.

    Of somebody with several rows, from several tables, the last is taken if all say the same.
    """
    matcher = Matcher([student.person for student in everybody])
    ids = {student.person.student: student.id for student in everybody}
    found: dict[int, list[Clues]] = {}
    for clues in rows:
        person = _surely(matcher, clues)
        if person:
            found.setdefault(ids[person.student], []).append(clues)
    return {id: own[-1] for id, own in found.items() if _agree(own)}


def _surely(matcher: Matcher, clues: Clues) -> Person | None:
    """Return whom a row means if every id in it that leads to anybody leads there.

    A name is enough where nothing contradicts it: somebody of that name with another id is another.
    """
    ids = [clue for clue in clues if clue.kind in _IDS]
    ids += [Clue("email", clue.value) for clue in ids if clue.kind == "login"]  # often that
    matches = [matcher.match((clue,)) for clue in ids]
    people = {match.people[0] for match in matches if len(match.people) == 1}
    if people:
        return people.pop() if len(people) == 1 else None
    names = tuple(clue for clue in clues if clue.kind == "name")
    named = matcher.match(names).people if names else ()
    kinds = {clue.kind for clue in clues if clue.kind in _LASTING}
    is_other = any(clue.kind in kinds for person in named for clue in person.clues)
    return named[0] if len(named) == 1 and not is_other else None


def _agree(rows: Sequence[Clues]) -> bool:
    values: dict[str, set[str]] = {}
    for clue in (clue for clues in rows for clue in clues if clue.kind in _LASTING):
        values.setdefault(clue.kind, set()).add(_spelled(clue))
    return all(len(each) == 1 for each in values.values())


def _spelled(clue: Clue) -> str:
    return clue.value if clue.kind == "number" else key_of(clue)
