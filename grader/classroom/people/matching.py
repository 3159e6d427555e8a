"""Whose a hand-in is: by ids first, by a name only where one person alone has it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from grader.classroom.hand_ins.record import Clue, Clues
from grader.classroom.people.ids import LASTING, differ, has_typed_number, is_id, key_of
from grader.classroom.people.looked_up import (
    NAMES,
    Way,
    ids_of,
    keys_of,
    looked_up,
    names_of,
    ways_of,
)
from grader.classroom.people.roster import Person
from grader.records.text import listed

_WORDS = {"canvas": "number on Canvas", "number": "id number", "email": "address", "login": "login"}
_MOST = 50  # people who share a name or an id: a column that was filled down says nothing
_CALLING = ("github", "folder", "name")  # what a hand-in may be called, and a group as well


class Match(NamedTuple):
    """Who it is; nobody, and `why` not.

    `by_name` says that only a name told, which people choose, `by_group` that it is a group's,
    `by_typed` that it was an id number that they may have typed in, `is_called` that they have the
    person's name as well, and `at_odds` that an id beside the one that told is another than theirs.
    `agrees` says whether all that came with it leads to one person, as far as it leads to anybody;
    None where that is one thing alone.
    """

    people: tuple[Person, ...] = ()
    why: str = ""
    by_name: bool = False
    by_group: bool = False
    at_odds: bool = False
    by_typed: bool = False
    is_called: bool = False
    agrees: bool | None = None


class Matcher:
    """Finds people of a roster."""

    def __init__(self, people: Sequence[Person], others: Collection[str] = ()) -> None:
        """Get to know people; ids of kinds in `others` say nothing against a name."""
        self.people, self._known = people, dict[tuple[str, str], list[Person]]()
        self._telling = tuple(kind for kind in LASTING if kind not in others)
        for person in people:
            for way in {each for clue in person.clues for each in keys_of(clue)}:
                self._known.setdefault(way, []).append(person)

    def match(self, clues: Clues) -> Match:
        """Return who has handed in what these clues came with."""
        return self._match(clues)._replace(agrees=self.agrees(clues))

    def agrees(self, clues: Clues) -> bool | None:
        """Tell whether a name and ids all lead to one person; None where fewer than two do."""
        led: dict[str, set[str]] = {}
        for clue in clues:
            if clue.kind in (*self._telling, "name"):
                ways = [way for every in ways_of(clue) for way in every]
                led.setdefault(clue.kind, set()).update(self._led(ways))
        found = [*filter(None, led.values())]
        return bool(set.intersection(*found)) if len(found) > 1 else None

    def _led(self, ways: Sequence[Way]) -> set[str]:
        """Return whom ways lead to; one that more than a few share leads to nobody."""
        found = (self._known.get(way, ()) for way in ways)
        return {each.student for people in found if len(people) <= _MOST for each in people}

    def _match(self, clues: Clues) -> Match:
        chosen = {clue.value for clue in clues if clue.kind == "github"}
        why = next((clue.value for clue in clues if clue.kind == "unclear"), "")
        if len(owners := self._owners(clues)) > 1:
            return Match(why=f"it may be that of {listed(owners)}")
        for clue, ways in looked_up(clues):
            is_chosen = clue.kind == "folder" and clue.value in chosen  # by whose it is
            found = self._found(ways)
            if is_chosen:  # nor is it that of somebody who is known to be called otherwise
                found = [person for person in found if not person.first("github")]
            if clue.kind == "group" and found:
                return Match(tuple(found), by_group=True)
            if len(found) == 1 and clue.kind in _CALLING and self._is_anothers(found[0], clues):
                either = f"{found[0].student}, or a group that is called so"
                return Match(why=f"it may be that of {either}")
            is_sure = ways[0][0] not in ("folder", "file")  # a column of who knows what
            if len(found) == 1 and (others := self._also_called(clue, found[0], is_sure)):
                return Match(why=f"it may be that of {listed([found[0].student, *others])}")
            if len(found) == 1:
                return self._match_of(found[0], clues, self._told_by(found[0], ways), is_chosen)
            if found:  # what several have says nothing of one of them
                why = why or f"{len(found)} people of the roster have {clue.value!r}"
            if found and ways[-1][0] in NAMES:
                return Match(why=why)
        return Match(why=why or "nobody of the roster fits: " + said(clues))

    def _found(self, ways: Sequence[Way]) -> list[Person]:
        """Return who is found in some ways, none of which says more than another one."""
        found = {each.student: each for way in ways for each in self._known.get(way, ())}
        return [*found.values()]

    def _told_by(self, person: Person, ways: Sequence[Way]) -> str:
        return next(kind for kind, key in ways if person in self._known.get((kind, key), ()))

    def _also_called(self, clue: Clue, person: Person, is_sure: bool) -> list[str]:
        """Return who else has the name that a folder is called by, be it somebody's id.

        Where it is not sure to be an id, it may be one of somebody else's.
        """
        if clue.kind != "folder":
            return []
        ways = [*names_of(clue.value), *([] if is_sure else ids_of(clue.value))]
        people = {each.student for way in ways for each in self._known.get(way, ())}
        return sorted(people - {person.student})

    def _is_anothers(self, person: Person, clues: Clues) -> bool:
        """Tell whether a group is called as a person is, who is not in it."""
        members = self._members(clues)
        return bool(members) and person not in members

    def _members(self, clues: Clues) -> list[Person]:
        groups = (clue for clue in clues if clue.kind == "group")
        ways = {way for clue in groups for every in ways_of(clue) for way in every}
        return [each for way in ways for each in self._known.get(way, ())]

    def _owners(self, clues: Clues) -> list[str]:
        """Return whose a clone may be, as the names that it may stand for have it."""
        keys = (("github", key_of(clue)) for clue in clues if clue.kind == "github")
        people = {p.student for key in keys for p in self._known.get(key, ())}
        groups = {person.first("group") for person in self._members(clues)}
        return sorted(people) if people else sorted(f"the group {group}" for group in groups)

    def called(self, clues: Clues) -> list[Person]:
        """Return who has the name that somebody calls themselves."""
        ways = (way for clue in clues if clue.kind == "name" for way in names_of(clue.value))
        return next(filter(None, (self._known.get(way) for way in ways)), [])

    def _match_of(self, person: Person, clues: Clues, kind: str, is_chosen: bool) -> Match:
        """Return a match, unless what people choose told it, and something else contradicts."""
        by_name = is_chosen or kind in NAMES
        is_typed = has_typed_number(clues)
        telling = [k for k in self._telling if by_name or not is_typed or k != "number"]
        other = next((each for each in telling if differ(each, person.clues, clues)), "")
        if by_name and other:
            return Match(why=f"it has the name of {person.student}, and another {_WORDS[other]}")
        by_typed = kind == "number" and is_typed
        if by_typed and (why := self._why_not(person, clues, other)):
            return Match(why=f"it has the id number of {person.student}, and {why}")
        is_called = person in self.called(clues)
        return Match((person,), "", by_name, False, bool(other), by_typed, is_called)

    def _why_not(self, person: Person, clues: Clues, other: str) -> str:
        """Return what is said against somebody whose id number may have been typed in."""
        called = self.called(clues)
        if called and person not in called:
            return f"the name of {called[0].student}"
        is_named = person.first("name") and any(clue.kind == "name" for clue in clues)
        return f"another name and {_WORDS[other]}" if is_named and other and not called else ""


def said(clues: Clues) -> str:
    """Return what is known of somebody, in one line."""
    kinds = dict.fromkeys(clue.value for clue in clues if clue.kind != "attachment")
    return ", ".join(kinds) or "nothing says whose it is"


def person_of(clues: Clues, has_roster: bool) -> Person:
    """Return a person made of clues alone, where there is no roster, or nobody on it fits.

    Where no clue says anything, they are not called anything.
    """
    telling = [clue for clue in clues if is_id(clue) or clue.kind in ("folder", "name")]
    first = {clue.kind: clue.value for clue in reversed(telling) if clue.value.strip()}
    student = next((first[k] for k in ("email", "number", "login", "folder") if k in first), "")
    if not student:
        number = next((first[kind] for kind in ("participant", "canvas") if kind in first), "")
        student = f"{first.get('name', '')} ({number})".strip() if number else first.get("name", "")
    student = f"{student} (not on the roster)" if has_roster and student else student
    kept = (clue for clue in clues if clue.kind not in ("group", "unclear"))
    return Person(student, tuple(kept))
