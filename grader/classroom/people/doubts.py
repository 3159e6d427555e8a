"""Hand-ins of which a name alone told whose they are, where it may be another's.

People choose their names, a platform their numbers: so a number outranks a name, in every download
that has it, and where two numbers bear one name neither is taken for the person's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from grader.classroom.hand_ins.record import Clues
from grader.classroom.people.matching import LASTING, Match, key_of
from grader.records.text import listed

Sources = Mapping[int, Collection[str]]
Found = Mapping[int, Sequence[tuple[Clues, Match]]]
_CHOSEN = ("name", "github")  # what people may call themselves; a folder is called by a teacher
_NUMBERS = ("participant", "canvas")  # each is one person's alone, in whichever download
_WORD = re.compile(r"[^\W_]+")
_ONE_SYSTEM = "canvas"  # is the same on a roster; schools have several kinds of the others


def doubts(sources: Sources, found: Found) -> dict[int, str]:
    """Return the hand-ins whose owner's name may be another's, and why.

    `sources` are the downloads that each came in.
    """
    known = _whose_numbers(found)
    doubted = dict(_other_peoples_numbers(found, known))
    doubted.update(_several_under_one_id(sources, found))
    left = {id: each for id, each in found.items() if id not in doubted}
    doubted.update(_several_numbers(left))
    doubted.update(_several_in_one(sources, {id: left[id] for id in left if id not in doubted}))
    return doubted


def _whose_numbers(found: Found) -> dict[tuple[str, str], set[str]]:
    """Return whom each number of a platform is known as."""
    known: dict[tuple[str, str], set[str]] = {}
    for each in found.values():
        for clues, match in each:
            for number in _numbers(clues):
                known.setdefault(number, set()).update(_students(match))
    return known


def _other_peoples_numbers(
    found: Found, known: Mapping[tuple[str, str], set[str]]
) -> Iterator[tuple[int, str]]:
    """Yield hand-ins by a name whose number was somebody else's, here or in another download."""
    for id, each in found.items():
        for clues, match in each:
            whose = {who for number in _numbers(clues) for who in known[number]}
            if match.by_name and len(whose) > 1:
                value = _numbers(clues)[0][1]
                yield id, f"{value} came under the names of {listed(sorted(whose))}"


def _several_under_one_id(sources: Sources, found: Found) -> Iterator[tuple[int, str]]:
    """Yield hand-ins by an id whose owner has another id, and in that download handed in under it.

    On some platforms people type in an id themselves.
    """
    every = [(id, match) for id, each in found.items() for _, match in each]
    sure = {
        (source, who)
        for id, match in every
        for source in sources[id]
        for who in (_students(match) if not match.at_odds else ())
    }
    for id, match in every:
        for who in _students(match) if match.at_odds else ():
            if any((source, who) in sure for source in sources[id]):
                yield id, f"it has an id of {who}, and another one than theirs"


def _several_numbers(found: Found) -> Iterator[tuple[int, str]]:
    """Yield hand-ins by a name whose owner has another number, by the roster or in a download."""
    lasting: dict[tuple[str, str], set[str]] = {}
    for each in found.values():
        for clues, match in each:
            for person in match.people if not match.by_group else ():
                listed = (clue for clue in person.clues if clue.kind == _ONE_SYSTEM)
                for clue in (*clues, *listed):
                    own = lasting.setdefault((person.student, clue.kind), set())
                    own.add(key_of(clue))
    for id, each in found.items():
        for clues, match in each:
            who = next(iter(_students(match)), "")
            kinds = {clue.kind for clue in clues if clue.kind in LASTING}
            if match.by_name and any(len(lasting[who, kind]) > 1 for kind in kinds):
                yield id, f"several have the name of {who}, and nothing else tells"


def _several_in_one(sources: Sources, found: Found) -> Iterator[tuple[int, str]]:
    """Yield hand-ins of one download under one name, whose senders are several.

    People may also choose the name of a group as theirs: where its members hand in themselves,
    nobody does for all of them.
    """
    named: dict[tuple[str, bool, tuple[str, ...]], set[int]] = {}
    alone: set[tuple[str, str]] = set()
    for id, each in found.items():
        for clues, match in each:
            is_chosen = any(clue.kind in _CHOSEN for clue in clues)
            students = tuple(person.student for person in match.people)
            if match.by_name or (match.by_group and is_chosen):
                for source in sources[id]:
                    named.setdefault((source, match.by_group, students), set()).add(id)
            if not match.by_group:
                alone |= {(source, student) for source in sources[id] for student in students}
    for (source, is_group, students), ids in named.items():
        called = [_called(clues) for id in ids for clues, _ in found[id]]
        if not frozenset.intersection(*called):
            who = "one group" if is_group else students[0]
            why = f"several hand-ins have the name of {who}, and nothing else tells"
        elif is_group and any((source, student) in alone for student in students):
            why = "it has the name of a group, whose members handed in themselves"
        else:
            continue
        yield from ((id, why) for id in sorted(ids))


def _numbers(clues: Clues) -> list[tuple[str, str]]:
    return [(clue.kind, key_of(clue)) for clue in clues if clue.kind in _NUMBERS]


def _students(match: Match) -> set[str]:
    return set() if match.by_group else {person.student for person in match.people}


def _called(clues: Clues) -> frozenset[str]:
    """Return what somebody is called by a platform, or else by a folder or a file, in words.

    A file has several names, of which a program may have added to one.
    """
    numbers = [key_of(clue) for clue in clues if clue.kind in (*_NUMBERS, "github")]
    names = [" ".join(sorted(_WORD.findall(key_of(c)))) for c in clues if c.kind == "folder"]
    return frozenset(numbers[:1] or names or [""])
