"""Whose a hand-in is: by ids first, by a name only where one person alone has it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from grader.classroom.hand_ins.record import Clue, Clues
from grader.classroom.people.roster import Person

# In order of trust. What a folder is called may be any of the others.
_IDS = ("canvas", "participant", "email", "number", "login", "github")
LASTING = ("canvas", "number", "email", "login")  # of these a person has no second one
_WORDS = {"canvas": "number on Canvas", "number": "id number", "email": "address", "login": "login"}
_FEW = 3  # ids, of which nobody can say whether they are of one system
_MOST_WORDS = 10  # of a name whose words are turned round
_CALLED = ("folder", "login", "number", "email", "github", "local", "canvas")


class Match(NamedTuple):
    """Who it is; nobody, and `why` not.

    `by_name` says that only a name told, which people choose, `by_group` that it is a group's, and
    `at_odds` that an id beside the one that told is another than theirs.
    """

    people: tuple[Person, ...] = ()
    why: str = ""
    by_name: bool = False
    by_group: bool = False
    at_odds: bool = False


class Matcher:
    """Finds people of a roster."""

    def __init__(self, people: Sequence[Person], others: Collection[str] = ()) -> None:
        """Get to know people; ids of kinds in `others` say nothing against a name."""
        self._people, self._known = people, dict[tuple[str, str], list[Person]]()
        self._telling = tuple(kind for kind in LASTING if kind not in others)
        for person in people:
            for kind, key in {each for clue in person.clues for each in _keys(clue)}:
                self._known.setdefault((kind, key), []).append(person)

    def match(self, clues: Clues) -> Match:
        """Return who has handed in what these clues came with."""
        chosen = {key_of(clue) for clue in clues if clue.kind == "github"}
        for clue in sorted(clues, key=_trust):
            is_chosen = clue.kind == "folder" and key_of(clue) in chosen  # by whose it is
            for kind, key in _ways(clue):
                found = self._known.get((kind, key), [])
                if is_chosen:  # nor is it that of somebody who is known to be called otherwise
                    found = [person for person in found if not person.first("github")]
                if clue.kind == "group" and found:
                    return Match(tuple(found), by_group=True)
                if len(found) == 1:
                    return self._match_of(found[0], clues, is_chosen or kind in _NAMES)
                if found:
                    return Match(why=f"{len(found)} people of the roster have {clue.value!r}")
        return Match(why="nobody of the roster fits: " + said(clues))

    def _match_of(self, person: Person, clues: Clues, by_name: bool) -> Match:
        """Return a match, unless a name alone told it, and an id says that it is somebody else."""
        other = next((kind for kind in self._telling if _differ(kind, person.clues, clues)), "")
        if by_name and other:
            return Match(why=f"it has the name of {person.student}, and another {_WORDS[other]}")
        return Match((person,), by_name=by_name, at_odds=bool(other))


def other_systems(known: Iterable[Clues], said: Iterable[Clues]) -> set[str]:
    """Return the kinds of ids of which none is on both sides: these are another system's.

    A school may have two kinds of id numbers. Of very few nobody knows; Canvas has one kind.
    """
    (ours, theirs), few = map(_values, (known, said)), _FEW
    enough = (kind for kind in LASTING[1:] if min(len(ours[kind]), len(theirs[kind])) >= few)
    return {kind for kind in enough if ours[kind].isdisjoint(theirs[kind])}


def _values(every: Iterable[Clues]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {kind: set() for kind in LASTING}
    for clue in (clue for clues in every for clue in clues if clue.kind in LASTING):
        found[clue.kind].add(key_of(clue))
    return found


def _differ(kind: str, one: Clues, other: Clues) -> bool:
    ours, theirs = ({key_of(clue) for clue in each if clue.kind == kind} for each in (one, other))
    return bool(ours and theirs and ours.isdisjoint(theirs))


def said(clues: Clues) -> str:
    """Return what is known of somebody, in one line."""
    kinds = dict.fromkeys(clue.value for clue in clues if clue.kind != "attachment")
    return ", ".join(kinds) or "nothing says whose it is"


def key_of(clue: Clue) -> str:
    """Return what two values of one kind have in common if they mean the same."""
    value = unicodedata.normalize("NFC", clue.value).strip().casefold()
    return value.lstrip("0") or value if value.isdigit() else value


def person_of(clues: Clues, has_roster: bool) -> Person:
    """Return a person made of clues alone, where there is no roster, or nobody on it fits."""
    first = {clue.kind: clue.value for clue in reversed(clues)}
    student = next((first[k] for k in ("email", "number", "login", "folder") if k in first), "")
    if not student:
        number = next((first[kind] for kind in ("participant", "canvas") if kind in first), "")
        student = f"{first.get('name', '')} ({number})".strip() if number else first.get("name", "")
    student = f"{student} (not on the roster)" if has_roster else student
    return Person(student, tuple(clue for clue in clues if clue.kind != "group"))


_NAMES = ("name", "plain name")


def _trust(clue: Clue) -> int:
    order = (*_IDS, "folder", "name", "group")
    return order.index(clue.kind) if clue.kind in order else len(order)


def _keys(clue: Clue) -> Iterator[tuple[str, str]]:
    """Yield what a person of the roster is found by, for one clue."""
    yield clue.kind, key_of(clue)
    if clue.kind == "email":
        yield "local", key_of(clue).partition("@")[0]
    if clue.kind == "name":
        for name in _orders(clue.value):
            yield "name", _letters(name)
            yield "plain name", _without_accents(name)


def _ways(clue: Clue) -> Iterable[tuple[str, str]]:
    """Return what a clue of a hand-in is looked up as, the best first."""
    key = key_of(clue)
    names = [("name", _letters(clue.value)), ("plain name", _without_accents(clue.value))]
    if clue.kind == "folder":
        return [*((kind, key) for kind in _CALLED), *names]
    return names if clue.kind == "name" else [(clue.kind, key)]


def _orders(name: str) -> set[str]:
    """Return a name as it is, and with the family's first and last, where a comma says which."""
    family, comma, given = name.partition(",")
    words = name.replace(",", " ").split()
    turns = range(len(words)) if len(words) <= _MOST_WORDS else ()
    turned = {" ".join([*words[n:], *words[:n]]) for n in turns}
    return {name, f"{given} {family}"} if comma else {name, *turned}


def _letters(name: str) -> str:
    """Return the letters of a name: platforms leave out signs, each of them others."""
    text = unicodedata.normalize("NFC", name).casefold()
    return "".join(c for c in text if unicodedata.category(c)[0] in "LMN")


def _without_accents(name: str) -> str:
    text = unicodedata.normalize("NFD", _letters(name))
    return "".join(c for c in text if unicodedata.category(c) != "Mn")
