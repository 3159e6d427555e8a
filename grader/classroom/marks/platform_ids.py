"""What platforms themselves call people and assignments, as their own tables have it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from grader.classroom.hand_ins.record import Clue, Clues, clues_of
from grader.classroom.marks.check import require_few_clues
from grader.classroom.marks.reading import Student, students
from grader.classroom.marks.schema import transaction
from grader.classroom.marks.store import Store
from grader.classroom.people.ids import are_one, key_of
from grader.classroom.people.matching import Matcher
from grader.classroom.people.platform_tables import Column, PlatformTable
from grader.classroom.people.roster import Person

_PLATFORMS = ("canvas", "moodle")
_IDS = ("canvas", "participant", "email", "number", "login", "github")
_NUMBERS = ("canvas", "participant")  # by which a platform knows people, and nobody chooses
_LASTING = ("canvas", "email", "number", "login")  # the same in each table of a platform


class Known(NamedTuple):
    """What a platform's own tables say; `ids` is by student, `has_table` if there was one at all.

    `numbers` are the id numbers of people wherever else one stands, in a hand-in, say. Of those
    `by_name` only a name, which people choose, says that they are the platform's.
    """

    has_table: bool = False
    ids: Mapping[int, Clues] = {}
    columns: Sequence[Column] = ()
    numbers: Mapping[int, frozenset[str]] = {}
    by_name: frozenset[int] = frozenset()

    def first(self, student: Student, *kinds: str) -> str:
        """Return somebody's first value of some kinds: the platform's, else that of the roster."""
        own = Person("", self.ids.get(student.id, ()))
        return own.first(*kinds) or student.person.first(*kinds)


class Sure(NamedTuple):
    """A row of a platform's own table that is somebody's; `by_name` if nothing else says so."""

    clues: Clues
    by_name: bool


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
        require_few_clues(store.database)


def people_of(store: Store) -> list[Clues]:
    """Return what the roster and the platforms' own tables say of people."""
    return [*(person.clues for person in store.roster()), *rows_of_platforms(store)]


def rows_of_platforms(store: Store) -> list[Clues]:
    """Return what the platforms' own tables say of people."""
    return [clues for platform in _PLATFORMS for clues in _rows(store, platform)]


def linked(store: Store) -> Callable[[Clues], Clues]:
    """Return what adds to clues the ids that a platform's own tables have beside its number.

    A number of which they say two things says nothing.
    """
    found: dict[tuple[str, str], list[Clues]] = {}
    for clues in rows_of_platforms(store):
        for clue in clues:
            if clue.kind in _NUMBERS:
                found.setdefault((clue.kind, key_of(clue)), []).append(clues)
    numbers = {
        key: tuple(each for each in own[-1] if each.kind in _IDS)
        for key, own in found.items()
        if are_one(own)
    }

    def more(clues: Clues) -> Clues:
        found = (numbers.get((clue.kind, key_of(clue)), ()) for clue in clues)
        kinds = {clue.kind for clue in clues}
        return (*clues, *(each for own in found for each in own if each.kind not in kinds))

    return more


def known_to(store: Store, platform: str) -> Known:
    """Return what is known of a platform's own tables."""
    everybody = list(students(store))
    rows = {name: _rows(store, name) for name in _PLATFORMS}
    ids = {name: _ids(found, everybody) for name, found in rows.items()}
    numbers: dict[int, set[str]] = {}
    hand_ins = store.rows(
        "SELECT o.person, h.clues FROM owners o JOIN hand_ins h ON h.id = o.hand_in"
        " WHERE (SELECT COUNT(*) FROM owners WHERE hand_in = h.id) = 1"
    )
    said = [(id, sure.clues) for found in ids.values() for id, sure in found.items()]
    said += [(id, clues_of(json.dumps(c))) for id, text in hand_ins for c in json.loads(text)]
    for id, clues in said:
        numbers.setdefault(id, set()).update(c.value for c in clues if c.kind == "number")
    return Known(
        has_table=bool(rows[platform]),
        ids={id: sure.clues for id, sure in ids[platform].items()},
        columns=[
            Column(*row) for row in store.rows("SELECT heading, points FROM platform_columns")
        ],
        numbers={id: frozenset(found) for id, found in numbers.items()},
        by_name=frozenset(id for id, sure in ids[platform].items() if sure.by_name),
    )


def known_in(store: Store, form: str) -> Callable[[Student], list[Sure]]:
    """Return what tells as whom a form of download knows somebody, the newest first.

    What several people share says nothing of one of them. What only a name led to has no clues left
    where anything else of theirs was not so: who has that number may have chosen their name.
    """
    more = linked(store)
    own: dict[int, list[tuple[str, Clues]]] = {}
    for person, its_form, text in store.rows(
        "SELECT o.person, h.form, h.clues FROM owners o JOIN hand_ins h ON h.id = o.hand_in"
        " WHERE (SELECT COUNT(*) FROM owners WHERE hand_in = h.id) = 1 ORDER BY h.id DESC"
    ):
        for clues in json.loads(text):
            own.setdefault(person, []).append((its_form, clues_of(json.dumps(clues))))

    def known(student: Student) -> list[Sure]:
        matcher, every = Matcher([student.person]), own.get(student.id, ())
        told = [(its, Sure(each, _is_by_name(matcher, more(each)))) for its, each in every]
        are_sure = not all(each.by_name for _, each in told)
        unsure = Sure((), True)
        return [unsure if e.by_name and are_sure else e for its, e in told if its == form]

    return known


def _is_by_name(matcher: Matcher, clues: Clues) -> bool:
    is_called = any(clue.kind == "name" for clue in clues)
    return is_called and surely(matcher, clues)[1]


def _rows(store: Store, platform: str) -> list[Clues]:
    query = "SELECT clues FROM platform_people WHERE platform = ? ORDER BY id"
    return [clues_of(clues) for (clues,) in store.rows(query, platform)]


def _ids(rows: Iterable[Clues], everybody: Sequence[Student]) -> dict[int, Sure]:
    """Return the row that is a student's without doubt, by the student's id.

    Of somebody with several rows, from several tables, the last is taken if all say the same; what
    only a name says is nothing beside what an id does. Who is on the roster comes first: others
    may have chosen what they are called.
    """
    listed, others = (
        Matcher([student.person for student in everybody if student.is_listed is is_listed])
        for is_listed in (True, False)
    )
    ids = {student.person.student: student.id for student in everybody}
    found: dict[int, list[Sure]] = {}
    for clues in rows:
        person, by_name = surely(listed, clues)
        if not person:
            person, by_name = surely(others, clues)
        if person:
            found.setdefault(ids[person.student], []).append(Sure(clues, by_name))
    own = {id: [e for e in each if not e.by_name] or each for id, each in found.items()}
    return {id: each[-1] for id, each in own.items() if _agree([sure.clues for sure in each])}


def surely(matcher: Matcher, clues: Clues) -> tuple[Person | None, bool]:
    """Return whom a row means if every id in it that leads to anybody leads there.

    A name is enough where nothing contradicts it: somebody of that name with another id is another.
    Whether only a name said it comes with it.
    """
    ids = [clue for clue in clues if clue.kind in _IDS]
    ids += [Clue("email", clue.value) for clue in ids if clue.kind == "login"]  # often that
    matches = [matcher.match((clue,)) for clue in ids]
    people = {match.people[0] for match in matches if len(match.people) == 1}
    if people:
        return (people.pop() if len(people) == 1 else None), False
    names = tuple(clue for clue in clues if clue.kind == "name")
    named = matcher.match(names).people if names else ()
    kinds = {clue.kind for clue in clues if clue.kind in _LASTING}
    is_other = any(clue.kind in kinds for person in named for clue in person.clues)
    return (named[0] if len(named) == 1 and not is_other else None), True


def _agree(rows: Sequence[Clues]) -> bool:
    values: dict[str, set[str]] = {}
    for clue in (clue for clues in rows for clue in clues if clue.kind in _LASTING):
        values.setdefault(clue.kind, set()).add(_spelled(clue))
    return all(len(each) == 1 for each in values.values())


def _spelled(clue: Clue) -> str:
    return clue.value if clue.kind == "number" else key_of(clue)
