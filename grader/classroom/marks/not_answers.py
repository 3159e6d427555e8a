"""The files of hand-ins that are no answers, by whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from grader.classroom.marks.store import Store

REFUSED, LEFT_ASIDE = "file not understood", "file left aside"


class NotAnswer(NamedTuple):
    """A file that is none: the hand-in that it came in, its `kind`, and `why` it is none.

    `student` has everybody whose it is, as it is shown.
    """

    hand_in: int
    kind: str
    student: str
    source: str
    file: str
    why: str


def not_answers(store: Store) -> Iterator[NotAnswer]:
    """Yield the files that are no answers, in the order in which they were read.

    What is no answer to an exercise may be one to a quiz, and the other way round; another download
    of the same name says nothing of it. What is answered is gathered first, as a whole class may
    hand in at one place.
    """
    for id, student, source, place, path, why in store.rows(
        "WITH every AS (SELECT id, source, place, read_as LIKE 'quiz %' AS of_quiz FROM hand_ins),"
        " answered AS (SELECT DISTINCT i.source, i.place, i.of_quiz, g.path"
        " FROM every i JOIN files g ON g.hand_in = i.id WHERE g.answer IS NOT NULL)"
        " SELECT h.id, (SELECT GROUP_CONCAT(p.student, '; ') FROM owners o JOIN people p"
        " ON p.id = o.person WHERE o.hand_in = h.id), h.source, h.place, f.path, f.why"
        " FROM files f JOIN every h ON h.id = f.hand_in LEFT JOIN answered a ON a.source = h.source"
        " AND a.place = h.place AND a.path = f.path AND a.of_quiz != h.of_quiz"
        " WHERE f.answer IS NULL AND a.path IS NULL ORDER BY f.id"
    ):
        kind = LEFT_ASIDE if why.startswith("left aside") else REFUSED
        yield NotAnswer(id, kind, student or "", source, f"{place}/{path}".lstrip("/"), why)


def refused_of(store: Store) -> dict[int, list[NotAnswer]]:
    """Return the files that were not understood, by whose they are: each of a group's members."""
    owners: dict[int, list[int]] = {}
    for hand_in, person in store.rows("SELECT hand_in, person FROM owners"):
        owners.setdefault(hand_in, []).append(person)
    found: dict[int, list[NotAnswer]] = {}
    for each in not_answers(store):
        for person in owners.get(each.hand_in, ()) if each.kind == REFUSED else ():
            found.setdefault(person, []).append(each)
    return found
