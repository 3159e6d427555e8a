"""Writes down who is in a class, and whose the hand-ins are.

A row of `people` is one person for good, because marks by hand are theirs: `people.identity` says
who that is when the next roster comes.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from grader.classroom.hand_ins.record import Clues, clues_of
from grader.classroom.marks.amounts import leave_out_too_many, require_few_marks
from grader.classroom.marks.check import MAX_ALL_CLUES, require_few_clues
from grader.classroom.marks.schema import transaction
from grader.classroom.people.identity import Acquaintance, Known, free, identified
from grader.classroom.people.matching import Match, person_of
from grader.classroom.people.roster import Person

# Of people who are not on the roster, and bytes of what says who they are: whoever makes up many
# leaves room for those who are on it.
MAX_OTHERS, MAX_OTHERS_CLUES = 20_000, MAX_ALL_CLUES // 2
_LONGEST_WHY = 10_000  # characters
_LONGEST_CLUES = 2_000  # of one of these: nobody's names are longer, however often they come
_MANY_OTHERS = (
    "it is of somebody who is not on the roster, and of these there are too many, or this one has"
    " too long a name"
)


class Moved(NamedTuple):
    """A hand-in that is somebody else's than it was before."""

    source: str
    place: str
    before: str
    after: str


def write_roster(database: sqlite3.Connection, people: Iterable[Person]) -> list[str]:
    """Write down who is in the class; who was on an older roster, and not on this, is not.

    Return whose marks by hand are nobody's on it, and why.
    """
    people = list(people)
    with transaction(database):
        known = _known(database)
        same, doubts = identified(known, people)
        apart = secrets.token_hex()  # meanwhile nobody is called as anybody
        database.execute("UPDATE people SET position = NULL, student = ? || id", (apart,))
        before = {each.id: each for each in known}
        for place, person in enumerate(people):
            row = person.student, place, json.dumps(person.clues)
            if place in same:
                change = "UPDATE people SET student = ?, position = ?, clues = ? WHERE id = ?"
                database.execute(change, (*row, same[place]))
                _keep_values(database, before.pop(same[place]), person.student)
            else:
                database.execute(
                    "INSERT INTO people (student, position, clues) VALUES (?, ?, ?)", row
                )
        taken = {person.student for person in people}
        names = dict[int, str]()
        for each in before.values():
            names[each.id] = free(each.student, taken)
            taken.add(names[each.id])
            change = "UPDATE people SET student = ? WHERE id = ?"
            database.execute(change, (names[each.id], each.id))
            _keep_values(database, each, "")  # who comes back may be called otherwise
        require_few_clues(database)
        require_few_marks(database)
    return [f"{names[each.id]}: {why}" for each, why in doubts]


def write_owners(
    database: sqlite3.Connection, matches: Mapping[int, Sequence[tuple[Clues, Match]]]
) -> list[Moved]:
    """Write down whose the hand-ins are; who is not on the roster is a person all the same.

    Return those that were somebody else's.
    """
    with transaction(database):
        before = _owners(database)
        listed = dict(
            database.execute("SELECT student, id FROM people WHERE position IS NOT NULL").fetchall()
        )
        others = _Others(database)
        database.execute("DELETE FROM owners")
        for id, found in matches.items():
            why = "; ".join(dict.fromkeys(match.why for _, match in found if match.why))
            is_said = any(person_of(clues, False).student or match.people for clues, match in found)
            why = why or ("" if is_said else "nothing says whose it is")
            for clues, match in found:
                ids = [listed[person.student] for person in match.people]
                person = person_of(clues, bool(listed))
                if not ids and person.student:
                    ids = others.ids_of(person)
                    why = why if ids else _MANY_OTHERS
                for each in ids:
                    own = "INSERT OR IGNORE INTO owners VALUES (?, ?)"
                    database.execute(own, (id, each))
            told = "UPDATE hand_ins SET unmatched = ? WHERE id = ?"
            database.execute(told, (why[:_LONGEST_WHY], id))
        leave_out_too_many(database)
        after = _owners(database)
        moved = [
            Moved(source, place, who, after[id][2])
            for id, (source, place, who) in before.items()
            if id in after and after[id][2] != who
        ]
        _forget_unused(database)
        require_few_clues(database)
        require_few_marks(database)
    return moved


def _forget_unused(database: sqlite3.Connection) -> None:
    """Take out who is not on the roster and has neither a hand-in nor a mark by hand.

    Nor values, where a quiz draws them: whoever has a sheet may come back.
    """
    unused = "DELETE FROM {0} WHERE {1} IN (SELECT id FROM people WHERE position IS NULL"
    unused += " AND id NOT IN (SELECT person FROM owners)"
    unused += " AND id NOT IN (SELECT person FROM by_hand)"
    if database.execute("SELECT 1 FROM quizzes WHERE draws = 'id'").fetchone():
        unused += " AND id NOT IN (SELECT person FROM drawn_for)"
    unused += ")"
    for table, column in (("drawn_for", "person"), ("people", "id")):
        database.execute(unused.format(table, column))


class _Others:
    """People who are not on the roster, as rows; there is one for each that is asked for."""

    def __init__(self, database: sqlite3.Connection) -> None:
        everybody = _known(database)
        self._database, self._taken = database, {each.student for each in everybody}
        found = [each for each in everybody if not each.is_listed]
        self._known = Acquaintance(found)
        self._left = MAX_OTHERS - len(found)
        self._left_clues = MAX_OTHERS_CLUES - sum(len(json.dumps(each.clues)) for each in found)

    def ids_of(self, person: Person) -> list[int]:
        """Return the row of somebody, whom ids tell from those who only have the same name.

        Of somebody new there is none where there are too many.
        """
        found = self._known.of(person)
        if found:
            return [found.id]
        clues = json.dumps(person.clues)
        if self._left <= 0 or len(clues) > min(self._left_clues, _LONGEST_CLUES):
            return []
        self._left, self._left_clues = self._left - 1, self._left_clues - len(clues)
        name = free(person.student, self._taken)
        add = "INSERT INTO people (student, clues) VALUES (?, ?)"
        done = self._database.execute(add, (name, clues))
        self._taken.add(name)
        id = int(done.lastrowid or 0)
        self._known.add(Known(id, person.student, person.clues, False, False))
        return [id]


def _known(database: sqlite3.Connection) -> list[Known]:
    rows = database.execute(
        "SELECT id, student, clues, position IS NOT NULL,"
        " id IN (SELECT person FROM by_hand) FROM people ORDER BY position IS NULL, position, id"
    )
    return [
        Known(id, student, clues_of(clues), bool(is_listed), bool(is_marked))
        for id, student, clues, is_listed, is_marked in rows.fetchall()
    ]


def _keep_values(database: sqlite3.Connection, before: Known, student: str) -> None:
    """Keep what the values of somebody's quizzes are drawn from, should they be renamed, or go."""
    if before.is_listed and before.student != student:
        keep = "INSERT OR IGNORE INTO drawn_for VALUES (?, ?)"
        database.execute(keep, (before.id, before.student))


def _owners(database: sqlite3.Connection) -> dict[int, tuple[str, str, str]]:
    """Return where each hand-in came, and whose it is, in words."""
    rows = database.execute(
        "SELECT hand_in, source, place, GROUP_CONCAT(student, ', ') FROM (SELECT o.hand_in,"
        " h.source, h.place, p.student FROM owners o JOIN people p ON p.id = o.person"
        " JOIN hand_ins h ON h.id = o.hand_in ORDER BY o.hand_in, p.id) GROUP BY hand_in"
    )
    return {id: (source, place, who) for id, source, place, who in rows.fetchall()}
