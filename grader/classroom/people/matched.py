"""Hand-ins with whom they were put to, and what platforms know those by who sent them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from grader.classroom.hand_ins.record import Clues
from grader.classroom.people.ids import NUMBERS, key_of
from grader.classroom.people.matching import Match

Sources = Mapping[int, Collection[str]]  # the downloads that each hand-in came in
Matched = Sequence[tuple[Clues, Match]]
Found = Mapping[int, Matched]
CHOSEN = ("name", "github")  # what people may call themselves; a folder is called by a teacher
_SENDERS = ("email", "login", *NUMBERS, "github")  # what platforms vouch for


def nobodys(match: Match, why: str) -> Match:
    """Return what is left of a match that is doubted: nobody."""
    return Match(why=why, agrees=match.agrees)


def numbers(clues: Clues) -> list[tuple[str, str]]:
    """Return the numbers by which platforms know somebody, with their kinds."""
    return [(clue.kind, key_of(clue)) for clue in clues if clue.kind in NUMBERS]


def students(match: Match) -> set[str]:
    """Return who is meant, but for a group's name."""
    return set() if match.by_group else {person.student for person in match.people}


def sender(clues: Clues) -> str:
    """Return what a platform knows somebody by, whatever they type."""
    return next((key_of(c) for kind in _SENDERS for c in clues if c.kind == kind), "")


def whose_numbers(
    found: Found, rows: Matched = (), by_name: bool = True
) -> dict[tuple[str, str], set[str]]:
    """Return whom each number of a platform is known as, be it only by the name beside it."""
    known: dict[tuple[str, str], set[str]] = {}
    for each in (*found.values(), rows):
        for clues, match in each:
            told = students(match) if by_name or not match.by_name else set[str]()
            for number in numbers(clues):
                known.setdefault(number, set()).update(told)
    return known
