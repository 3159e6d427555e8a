"""Rosters of which one column was sorted alone: names and ids stand in rows of others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from grader.classroom.people.matched import Found

_FEW = 3  # people: of fewer it may be a row that is wrong
SORTED = "is a column of it sorted alone?"


class Agreement(NamedTuple):
    """Of how many a name and an id, or two ids, are known, and how many have those of two."""

    of_two: int = 0
    compared: int = 0


def are_mixed_up(of_two: Collection[object], agreeing: Collection[object]) -> bool:
    """Tell whether the rows of a table are mixed up, by whom a name and ids say different things.

    One or two people make nothing so.
    """
    return len({*of_two}) >= _FEW and len({*of_two}) > len({*agreeing})


def is_most(found: Agreement) -> bool:
    """Tell whether that is so of most hand-ins."""
    return found.of_two >= _FEW and 2 * found.of_two > found.compared


def agreement(found: Found) -> Agreement:
    """Return in how many hand-ins the roster has two people's."""
    said = [match.agrees for each in found.values() for _, match in each]
    return Agreement(said.count(False), len(said) - said.count(None))


def hand_ins_of_two(found: Found) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield hand-ins, with the place of who handed in, that are two people's by a mixed-up roster.

    Where that is so of most people, nobody knows whose row is right.
    """
    said: dict[bool | None, set[str]] = {False: set(), True: set()}
    for each in found.values():
        for _, match in each:
            said.setdefault(match.agrees, set()).update(p.student for p in match.people)
    if are_mixed_up(said[False], said[True]):
        why = f"on the roster its name and its ids are two people's, as of most: {SORTED}"
        for id, each in found.items():
            yield from (((id, n), why) for n, (_, m) in enumerate(each) if m.agrees is False)
