"""Who is in the class: a list of people, from any table that a platform or a spreadsheet has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from grader.classroom.hand_ins.record import Clue, Clues
from grader.classroom.people.ids import is_id
from grader.classroom.people.tables import Table, letters
from grader.errors import UsageError

# What columns are called, letters alone; the first that is there is taken.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "email": ("emailaddress", "email", "mail", "emailadresse", "sisemail"),
    "number": (
        *("sisuserid", "idnumber", "sid", "studentid", "studentnumber", "matriculationnumber"),
        *("matrikelnummer", "number", "nummer"),
    ),
    "login": ("sisloginid", "username", "loginid", "login", "user"),
    "github": ("githubusername", "github"),
    "section": ("section", "sections"),
    "group": ("group", "team", "groupname"),
}
_NAMES = (
    *("fullname", "name", "studentname", "student", "lastnamefirstname"),
    "vollständigername",
)
_GIVEN = ("firstname", "givenname", "givennames", "given", "vorname")
_FAMILY = ("lastname", "surname", "familyname", "family", "nachname")
_NOBODY = ("Points Possible", "Manual Posting", "Student, Test")  # rows of Canvas's own
# What Moodle calls somebody in a worksheet, in English and in German.
_PARTICIPANT = re.compile(r"(?:participant |teilnehmer(?:/?in)? ?)(\d+)", re.IGNORECASE)


class Person(NamedTuple):
    """Somebody in the class: what the class calls them, and all that is known to say who it is."""

    student: str
    clues: Clues

    def first(self, *kinds: str) -> str:
        """Return the value of the first clue of some kinds, in their order, or nothing."""
        return next((c.value for kind in kinds for c in self.clues if c.kind == kind), "")


def read_people(table: Table) -> tuple[Person, ...]:
    """Return the people in a table, called by its first column.

    Raises
    ------
    UsageError
        There is nobody in it.
    """
    rows = zip(table.rows, clues_of_rows(table), strict=True)
    people = [*_once(Person(row[0].strip(), clues) for row, clues in rows if clues)]
    if not people:
        raise UsageError(
            "there is nobody in this table",
            where=table.name,
            next="It takes a line of headings, such as email, id number and name, and a line each.",
        )
    return tuple(_told_apart(people))


def participant_of(cell: str) -> str:
    """Return the number in what Moodle's worksheet calls somebody, or nothing."""
    found = _PARTICIPANT.fullmatch(cell.strip())
    return found[1] if found else ""


def clues_of_rows(table: Table) -> list[Clues]:
    """Return what each row of a table says of who is meant; nothing for a row that is nobody's."""
    kinds = _kinds(table)
    return [() if _is_nobody(row) else tuple(_clues(row, kinds)) for row in table.rows]


def _kinds(table: Table) -> dict[int, str]:
    """Return what the columns of a table are, by number."""
    found: dict[int, str] = {}
    for kind, names in _COLUMNS.items():
        number = table.column(*names)
        if number is not None:
            found[number] = kind
    own, identifier = table.column("id"), table.column("identifier")
    if own is not None and _are_participants([row[own] for row in table.rows]):
        own, identifier = None, own
    if own is not None:
        found.setdefault(own, "canvas" if _is_canvas(table) else "number")
    if identifier is not None:
        is_moodles = _are_participants([row[identifier] for row in table.rows])
        found.setdefault(identifier, "moodle" if is_moodles else "identifier")
    for names, kind in ((_GIVEN, "given"), (_FAMILY, "family"), (_NAMES, "name")):
        number = table.column(*names)
        if number is not None:
            found.setdefault(number, kind)
    found.setdefault(0, "folder")  # whatever it is, people may have called folders by it
    return found


def _are_participants(cells: Sequence[str]) -> bool:
    """Tell whether a column is Moodle's: in a survey anybody may type what a cell of it has."""
    return 2 * sum(bool(participant_of(cell)) for cell in cells) > sum(map(bool, cells))


def _is_canvas(table: Table) -> bool:
    plain = {letters(heading) for heading in table.headings}
    return "section" in plain and bool({"student", "lastnamefirstname"} & plain)


def _clues(row: Sequence[str], kinds: dict[int, str]) -> Iterator[Clue]:
    said = {kind: _plain(row[number]) for number, kind in kinds.items()}
    given, family = said.pop("given", ""), said.pop("family", "")
    if number := participant_of(said.pop("moodle", "")):
        yield Clue("participant", number)
    if identifier := said.pop("identifier", ""):  # of GitHub Classroom: what a teacher typed
        yield Clue("email" if "@" in identifier else "folder", identifier)
    if given or family:
        yield Clue("name", f"{given} {family}".strip())
    yield from (Clue(kind, value) for kind, value in said.items() if value)


def _plain(cell: str) -> str:
    """Return a cell as it was meant: Canvas writes what begins with = as a formula."""
    text = cell.strip()
    return text[2:-1] if text.startswith('="') and text.endswith('"') else text


def _is_nobody(row: Sequence[str]) -> bool:
    words = {cell.strip() for cell in row}
    return row[0].strip() in _NOBODY or (not row[0].strip() and bool(words & {*_NOBODY}))


def _once(people: Iterable[Person]) -> Iterator[Person]:
    """Yield people, of rows that say the same the first: two may have a name, and not an id."""
    seen: set[Person] = set()
    for person in people:
        if person not in seen or not any(map(is_id, person.clues)):
            yield person
        seen.add(person)


def _told_apart(people: Sequence[Person]) -> Iterator[Person]:
    """Yield people, each with a name of their own, should the first column not be one."""
    count = Counter(person.student for person in people)
    seen: set[str] = set()
    for place, person in enumerate(people, start=2):
        student = person.student
        if not student or count[student] > 1:
            student = person.first("email", "number", "login", "participant", "canvas", "name")
        if not student:
            student = f"{person.student} (row {place})"
        while student in seen:  # somebody may be called so
            student = f"{student} (row {place})"
        seen.add(student)
        yield person._replace(student=student)
