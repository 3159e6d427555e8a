"""Ids that several people of a class have: by such a one a platform may find somebody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from grader.classroom.export import named
from grader.classroom.hand_ins.record import Clue
from grader.classroom.marks.reading import Student
from grader.classroom.people.ids import key_of
from grader.errors import in_one_line

# What is an id in the tables that are written, and what it is called.
_CALLED = {
    "canvas": "number on Canvas",
    "number": "id number",
    "login": "login",
    "email": "address",
}
Shared = Mapping[Clue, Sequence[Student]]


def shared_ids(
    students: Iterable[Student], id_of: Callable[[Student, str], str], *kinds: str
) -> Shared:
    """Return the ids of some kinds that several have, and who."""
    found: dict[Clue, list[Student]] = {}
    for student in students:
        for kind in kinds:
            if value := id_of(student, kind):
                found.setdefault(_keyed(kind, value), []).append(student)
    return {id: who for id, who in found.items() if len(who) > 1}


def own(value: str, kind: str, shared: Shared) -> str:
    """Return an id, unless it is one by which somebody else may be found."""
    return "" if _keyed(kind, value) in shared else value


def about_shared(shared: Shared) -> Iterator[str]:
    """Say whose ids are left out."""
    for (kind, value), who in shared.items():
        id = f"{_CALLED[kind]} {in_one_line(value)}"
        yield f"Several have the {id}, so it is left out: {named(who)}"


def _keyed(kind: str, value: str) -> Clue:
    return Clue(kind, key_of(Clue(kind, value)))
