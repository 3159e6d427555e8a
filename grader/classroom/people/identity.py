"""Who of those that are known somebody is: an id says so, and a name only where there is no id.

People choose their names, platforms and schools the ids. So whoever has the id of somebody who is
known is that person, whatever they call themselves now, and whoever only has the name is not. What
is known from hand-ins may have an id number that somebody typed in: it comes last there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from grader.classroom.hand_ins.record import Clues
from grader.classroom.people.ids import (
    are_one,
    differ,
    has_typed_number,
    is_id,
    is_vouched,
    key_of,
    other_systems,
)
from grader.classroom.people.looked_up import keys_of
from grader.classroom.people.matching import Matcher
from grader.classroom.people.mixed_up import SORTED, are_mixed_up
from grader.classroom.people.roster import Person

# In order of trust: the first that two people both have says whether they are one.
_LISTED = ("canvas", "number", "login", "email", "participant")  # of people on a roster
_FOUND = ("canvas", "participant", "login", "email", "number")  # of people who handed in
_SEVERAL = "participant"  # one in each assignment, so another one says nothing
_MOST = 5  # known people with one id: what more have is none, whatever it says
_Ids = dict[str, set[str]]
_Rank = tuple[int, int]


class Known(NamedTuple):
    """Somebody who is known; `is_marked` says that they have marks by hand."""

    id: int
    student: str
    clues: Clues
    is_listed: bool
    is_marked: bool


class Identified(NamedTuple):
    """Who is who: by the place of a person, the id of who they are; and what is not clear."""

    same: dict[int, int]
    doubts: list[tuple[Known, str]]


class Acquaintance:
    """Those who are known, to be found by what they are called and by their ids."""

    def __init__(
        self,
        known: Iterable[Known],
        people: Sequence[Person] = (),
        others: Collection[str] = (),
        is_mixed_up: bool = False,
    ) -> None:
        """Get to know them, to find `people` among them; ids of kinds in `others` say nothing.

        Where their table is mixed up, nobody is the same of whom anything differs.
        """
        self._others, self._matcher = others, Matcher(people)
        self._is_mixed_up = is_mixed_up
        every = Counter(pair for each in people for pair in _pairs(self._ids_of(each.clues)))
        self._shared = {pair for pair, count in every.items() if count > 1}
        self._by_id: dict[tuple[str, str], list[Known]] = {}
        self._called: dict[str, Known] = {}
        for each in known:
            self.add(each)

    def add(self, known: Known) -> None:
        """Get to know somebody."""
        self._called[known.student] = known
        for pair in _pairs(self._ids_of(known.clues)):
            self._by_id.setdefault(pair, []).append(known)

    def sharing(self, person: Person) -> dict[int, Known]:
        """Return those who have an id of somebody's, whether or not they are the same."""
        found = (self._by_id.get(pair, []) for pair in _pairs(self._ids_of(person.clues)))
        return {each.id: each for own in found if len(own) <= _MOST for each in own}

    def by_ids(self, person: Person) -> tuple[_Rank, list[Known]]:
        """Return whom the most trusted id leads to, and how sure that is; the least is the most."""
        sharing = self.sharing(person)
        ranks = {each.id: self._rank(person, each) for each in sharing.values()}
        best = min(filter(None, ranks.values()), default=(0, 0))
        found = [each for each in sharing.values() if ranks[each.id] == best]
        return best, [each for each in found if each.is_marked] or found[:1]

    def by_what_they_are_called(self, person: Person) -> Known | None:
        """Return who is called the same, where no id says that it is another.

        A name that people choose is not enough where ids are known of both. Of two rosters it is
        another where the names are: a first column may count the rows.
        """
        found = self._called.get(person.student)
        if found is None or not person.student:
            return None
        if found.is_listed and _have_other_names(person.clues, found.clues):
            return None
        own, other = self._ids_of(person.clues), self._ids_of(found.clues)
        chosen = ("name", "participant", *([] if found.is_listed else ["number"]))
        names = {c.value for c in (*person.clues, *found.clues) if c.kind in chosen}
        is_name = any(name in person.student for name in names)
        is_unlike = any(own[kind].isdisjoint(other[kind]) for kind in own if kind in other)
        has_ids = bool(own and other) if found.is_listed else bool(own or other)
        return None if has_ids and (is_name or is_unlike) else found

    def of(self, person: Person) -> Known | None:
        """Return who of those who are known somebody is, if that is clear."""
        _, found = self.by_ids(person)
        return (
            found[0] if len(found) == 1 else None if found else self.by_what_they_are_called(person)
        )

    def _ids_of(self, clues: Clues) -> _Ids:
        ids: _Ids = {}
        for clue in clues:
            if clue.kind in _LISTED and clue.kind not in self._others and is_id(clue):
                ids.setdefault(clue.kind, set()).add(key_of(clue))
        return ids

    def _rank(self, person: Person, known: Known) -> _Rank | None:
        """Return how sure it is that two are one; None where the first id that both have differs.

        That is the place of the first that they have in common, and then how many others differ:
        where these are more, nothing is.
        """
        own, other = self._ids_of(person.clues), self._ids_of(known.clues)
        order = _LISTED if known.is_listed else _FOUND
        both = [kind for kind in order if kind in own and kind in other]
        differ = [k for k in both if own[k].isdisjoint(other[k]) and k != _SEVERAL]
        same = [k for k in both if any(self._tells(k, key) for key in own[k] & other[k])]
        first = next((kind for kind in both if kind in (*same, *differ)), "")
        if first not in same or len(differ) > len(same):
            return None
        if self._is_mixed_up and (differ or _have_other_names(person.clues, known.clues)):
            return None
        is_typed = first == "number" and not known.is_listed
        if is_typed and self._may_be_typed(person, known):
            return None
        return order.index(first), len(differ)

    def _tells(self, kind: str, key: str) -> bool:
        """Tell whether an id is one person's: no two have it, of whom it is clear that they are."""
        own = self._by_id[kind, key][: _MOST + 1]
        listed = [each for each in own if each.is_listed]
        is_ones = len(listed) == 1 or (not listed and are_one([each.clues for each in own]))
        return is_ones and len(own) <= _MOST and (kind, key) not in self._shared

    def _may_be_typed(self, person: Person, known: Known) -> bool:
        """Tell whether an id number that two have may be what one of them typed in.

        On a roster it is not, so one who handed in may be known there by it and by the name; of
        two who are on none the platform says who they are, where it says so of either.
        """
        if not has_typed_number(known.clues) and not has_typed_number(person.clues):
            return False
        if self._matcher.people:
            called = self._matcher.called(known.clues)
            return bool(called) and person not in called
        return is_vouched(known.clues) or is_vouched(person.clues)


def identified(known: Sequence[Known], people: Sequence[Person]) -> Identified:
    """Find out who of those who are known the people of a roster are.

    Where two claim to be one, or one is led to two, nobody is, and it is told if marks by hand
    depend on it.
    """
    others = other_systems((k.clues for k in known), (person.clues for person in people))
    mixed_up = _mixed_up(known, people, others)
    acquaintance = Acquaintance(known, people, others, bool(mixed_up))
    claims: dict[int, list[tuple[_Rank, int]]] = {}
    unclear: dict[int, set[int]] = {}
    for place, person in enumerate(people):
        rank, found = acquaintance.by_ids(person)
        if len(found) == 1:
            claims.setdefault(found[0].id, []).append((rank, place))
        for each in acquaintance.sharing(person):
            unclear.setdefault(each, set()).add(place)
    same: dict[int, int] = {}
    for id, claimed in claims.items():
        surest = min(claimed)[0]
        best = [place for rank, place in claimed if rank == surest]
        if len(best) == 1:
            same[best[0]] = id
    led = {place for claimed in claims.values() for _, place in claimed}
    led |= {place for places in unclear.values() for place in places}
    taken = {*same.values()}
    for place, person in enumerate(people):
        called = None if place in led else acquaintance.by_what_they_are_called(person)
        # A name is not enough for marks by hand where ids differ, be they another system's.
        is_doubted = called and called.is_marked and _differ(person, called)
        if called and called.id not in taken and not is_doubted:
            same[place] = called.id
            taken.add(called.id)
    return Identified(same, list(_doubts(known, people, same, unclear, mixed_up)))


def _mixed_up(known: Sequence[Known], people: Sequence[Person], others: set[str]) -> set[int]:
    """Return the places of those who are two of an older roster, if most are: one is mixed up."""
    matcher = Matcher([Person(k.student, k.clues) for k in known if k.is_listed], others)
    said = [matcher.agrees(person.clues) for person in people]
    of_two, one = ([n for n, each in enumerate(said) if each is is_one] for is_one in (False, True))
    return {*of_two} if are_mixed_up(of_two, one) else set()


def _have_other_names(one: Clues, other: Clues) -> bool:
    ours, theirs = (
        {way for c in each if c.kind == "name" for way in keys_of(c)} for each in (one, other)
    )
    return bool(ours and theirs and ours.isdisjoint(theirs))


def _differ(person: Person, known: Known) -> bool:
    return any(differ(kind, person.clues, known.clues) for kind in _LISTED if kind != _SEVERAL)


def free(student: str, taken: Iterable[str]) -> str:
    """Return what somebody is called who is not on the roster, where another may be called so."""
    name, number = student, 1
    while name in taken:
        number += 1
        name = f"{student} ({number})"
    return name


def _doubts(
    known: Sequence[Known],
    people: Sequence[Person],
    same: dict[int, int],
    unclear: dict[int, set[int]],
    mixed_up: Collection[int],
) -> Iterator[tuple[Known, str]]:
    for each in known:
        if not each.is_marked or each.id in same.values():
            continue
        places = unclear.get(each.id, set())
        if places & {*mixed_up}:
            yield each, f"most on the roster have names or ids of two of the last one: {SORTED}"
        elif places:
            who = ", ".join(people[place].student for place in sorted(places))
            yield each, f"some ids say that this is {who}, and others that it is not"
        elif each.is_listed:
            yield each, "nobody on the roster has their ids"


def _pairs(ids: _Ids) -> Iterator[tuple[str, str]]:
    return ((kind, key) for kind, keys in ids.items() for key in keys)
