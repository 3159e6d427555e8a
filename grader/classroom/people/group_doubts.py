"""Hand-ins in a group's name, which people may choose as theirs as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from grader.classroom.people.matched import (
    CHOSEN,
    Found,
    Matched,
    Sources,
    numbers,
    students,
    whose_numbers,
)
from grader.records.text import listed


def groups_of_others(
    found: Found, rows: Matched, answered: Mapping[int, Collection[str]]
) -> Iterator[tuple[int, str]]:
    """Yield hand-ins in a group's name of somebody who is not in it, or beside its members' own.

    Whoever's number is that of a member hands in for all of them, if more than a name says so.
    """
    known = whose_numbers(found, rows)
    sure = whose_numbers(found, rows, by_name=False)
    own: dict[str, set[str]] = {}
    for id, each in found.items():
        for _, match in each:
            for who in students(match):
                own.setdefault(who, set()).update(answered.get(id, ()))
    for id, each in found.items():
        for clues, match in each:
            members = {person.student for person in match.people if match.by_group}
            whose = {who for number in numbers(clues) for who in known[number]}
            if not members or any(sure[number] & members for number in numbers(clues)):
                continue
            if others := whose - members:
                yield id, f"it has the name of a group, and the number of {listed(sorted(others))}"
            elif any(not own.get(who, set()).isdisjoint(answered.get(id, ())) for who in members):
                yield id, "it has the name of a group, whose members handed in themselves"


def groups_among_people(sources: Sources, found: Found) -> Iterator[tuple[int, str]]:
    """Yield hand-ins in a group's name from downloads that people hand in to one by one.

    More than half of a download of groups is called by groups.
    """
    count, groups = Counter[str](), Counter[str]()
    for id, each in found.items():
        count.update(sources[id])
        groups.update(sources[id] if any(match.by_group for _, match in each) else ())
    for id, each in found.items():
        is_chosen = any(m.by_group and any(c.kind in CHOSEN for c in clues) for clues, m in each)
        if is_chosen and all(2 * groups[source] <= count[source] for source in sources[id]):
            yield id, "it has the name of a group, among hand-ins of people"
