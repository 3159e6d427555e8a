"""Hand-ins of which only what people choose told whose they are, where it may be another's.

People choose their names, a platform their numbers: so a number outranks a name, in every download
that has it, and where two numbers bear one name neither is taken for the person's. An id number may
be typed in as well: what a platform vouches for, as it does for addresses, outranks that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from grader.classroom.hand_ins.record import Clues
from grader.classroom.people.group_doubts import (
    groups_among_people,
    groups_of_others,
)
from grader.classroom.people.ids import LASTING, NUMBERS, key_of
from grader.classroom.people.matched import (
    CHOSEN,
    Found,
    Matched,
    Sources,
    nobodys,
    numbers,
    sender,
    students,
    whose_numbers,
)
from grader.classroom.people.matching import Match
from grader.classroom.people.mixed_up import hand_ins_of_two
from grader.records.text import listed

_WORD = re.compile(r"[^\W_]+")
_ONE_SYSTEM = "canvas"  # is the same on a roster; schools have several kinds of the others


def without_doubts(
    sources: Sources,
    forms: Mapping[int, str],
    found: Found,
    rows: Matched = (),
    answered: Mapping[int, Collection[str]] = MappingProxyType({}),
) -> Found:
    """Return whose hand-ins are, where no name or number that people choose may be another's.

    `sources` are the downloads that each came in, `forms` what these have, and `answered` the
    exercises that each has answers to. `rows` are those of platforms' own tables, with whom they
    mean.
    """
    several = dict(hand_ins_of_two(found))
    several.update(_by_tables_on_github(found))
    several.update(_by_number_or_by_name(forms, found))
    several.update(_several_under_one_id(sources, forms, found))
    found = {
        id: [
            (clues, nobodys(match, why) if (why := several.get((id, place))) else match)
            for place, (clues, match) in enumerate(each)
        ]
        for id, each in found.items()
    }
    named = dict(groups_among_people(sources, found))
    named.update(groups_of_others(found, rows, answered))
    named.update(_names_of_several(sources, found, rows))
    return {
        id: [
            (clues, nobodys(match, named[id]) if id in named and _is_by_name(match) else match)
            for clues, match in each
        ]
        for id, each in found.items()
    }


def _is_by_name(match: Match) -> bool:
    return match.by_name or match.by_group


def _names_of_several(sources: Sources, found: Found, rows: Matched) -> dict[int, str]:
    """Return the hand-ins whose owner's name may be another's, and why."""
    known = whose_numbers(found)
    doubted = dict(_other_peoples_numbers(found, known))
    left = {id: each for id, each in found.items() if id not in doubted}
    doubted.update(_several_numbers(left, rows))
    doubted.update(_several_in_one(sources, {id: left[id] for id in left if id not in doubted}))
    return doubted


def _other_peoples_numbers(
    found: Found, known: Mapping[tuple[str, str], set[str]]
) -> Iterator[tuple[int, str]]:
    """Yield hand-ins by a name whose number was somebody else's, here or in another download."""
    for id, each in found.items():
        for clues, match in each:
            whose = {who for number in numbers(clues) for who in known[number]}
            if match.by_name and len(whose) > 1:
                value = numbers(clues)[0][1]
                yield id, f"{value} came under the names of {listed(sorted(whose))}"


def _several_under_one_id(
    sources: Sources, forms: Mapping[int, str], found: Found
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield hand-ins, each with the place of who handed in, by an id that others have as well.

    Its owner handed in there under their other ids, or several did, and nothing says who it is. A
    number that people type in is compared in all downloads of a platform, another id in one.
    """
    every = [
        (id, place, clues, match, who)
        for id, each in found.items()
        for place, (clues, match) in enumerate(each)
        for who in (() if match.by_name else students(match))
    ]
    sure = {
        (where, who)
        for id, _, _, match, who in every
        for where in (*sources[id], f"form {forms.get(id)}")
        if not (match.at_odds or match.by_typed)
    }
    senders: dict[tuple[str, str], set[str]] = {}
    for id, _, clues, match, who in every:
        if match.by_typed:
            senders.setdefault((f"form {forms.get(id)}", who), set()).add(sender(clues))
    for id, place, _, match, who in every:
        where = {f"form {forms.get(id)}"} if match.by_typed else {*sources[id]}
        if (match.at_odds or match.by_typed) and any((each, who) in sure for each in where):
            yield (id, place), f"it has an id of {who}, and another one than theirs"
        elif match.by_typed and any(len(senders[each, who]) > 1 for each in where):
            yield (id, place), f"several handed in with the id number of {who}, which one may type"


def _by_number_or_by_name(
    forms: Mapping[int, str], found: Found
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield hand-ins of which some have what may be somebody's number, and others their name."""
    claims: dict[tuple[str, str], dict[tuple[int, int], tuple[str, bool]]] = {}
    for id, each in found.items():
        for place, (clues, match) in enumerate(each):
            for who in students(match):
                if match.by_name or (match.by_typed and not match.is_called):
                    claim = sender(clues), match.by_name
                    claims.setdefault((forms.get(id, ""), who), {})[id, place] = claim
    for (_, who), own in claims.items():
        senders, ways = (set(found) for found in zip(*own.values(), strict=True))
        if len(senders) > 1 and len(ways) > 1:
            why = f"one has the id number of {who}, and another one the name"
            yield from ((hand_in, why) for hand_in in own)


def _by_tables_on_github(found: Found) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield clones of several names on GitHub that tables, which may be a survey, put to one."""
    names: dict[str, dict[tuple[int, int], str]] = {}
    for id, each in found.items():
        for place, (clues, match) in enumerate(each):
            called = next((key_of(clue) for clue in clues if clue.kind == "github"), "")
            for person in match.people if called and not match.by_group else ():
                if not person.first("github"):
                    names.setdefault(person.student, {})[id, place] = called
    for who, own in names.items():
        if len({*own.values()}) > 1:
            why = f"several names on GitHub are said to be {who}'s: the roster has none of them"
            yield from ((place, why) for place in own)


def _several_numbers(found: Found, rows: Matched) -> Iterator[tuple[int, str]]:
    """Yield hand-ins by a name whose owner has another number, by a table or in a download."""
    lasting: dict[tuple[str, str], set[str]] = {}
    in_tables = [([c for c in clues if c.kind == _ONE_SYSTEM], match) for clues, match in rows]
    for each in (*found.values(), in_tables):
        for clues, match in each:
            for person in match.people if not match.by_group else ():
                listed = (clue for clue in person.clues if clue.kind == _ONE_SYSTEM)
                for clue in (*clues, *listed):
                    own = lasting.setdefault((person.student, clue.kind), set())
                    own.add(key_of(clue))
    for id, each in found.items():
        for clues, match in each:
            who = next(iter(students(match)), "")
            kinds = {clue.kind for clue in clues if clue.kind in LASTING}
            if match.by_name and any(len(lasting[who, kind]) > 1 for kind in kinds):
                yield id, f"several have the name of {who}, and nothing else tells"


def _several_in_one(sources: Sources, found: Found) -> Iterator[tuple[int, str]]:
    """Yield hand-ins of one download under one name, whose senders are several.

    Nor is one that whoever has the name sent whom an id tells, as somebody else. People may also
    choose the name of a group as theirs: where its members hand in themselves, nobody does for all
    of them.
    """
    named: dict[tuple[str, bool, tuple[str, ...]], set[int]] = {}
    alone: set[tuple[str, str]] = set()
    sure: dict[tuple[str, tuple[str, ...]], list[frozenset[str]]] = {}
    for id, each in found.items():
        for clues, match in each:
            is_chosen = any(clue.kind in CHOSEN for clue in clues)
            students = tuple(person.student for person in match.people)
            if match.by_name or (match.by_group and is_chosen):
                for source in sources[id]:
                    named.setdefault((source, match.by_group, students), set()).add(id)
            if not match.by_group:
                alone |= {(source, student) for source in sources[id] for student in students}
            if not (match.by_group or match.by_name):
                for source in sources[id]:
                    sure.setdefault((source, students), []).append(_called(clues))
    for (source, is_group, students), ids in named.items():
        called = [_called(clues) for id in ids for clues, _ in found[id]]
        others = sure.get((source, students), ())
        if any(each.isdisjoint(frozenset.union(*called)) for each in others):
            why = f"it has the name of {students[0]}, who handed in there as an id says"
        elif not frozenset.intersection(*called):
            who = "one group" if is_group else students[0]
            why = f"several hand-ins have the name of {who}, and nothing else tells"
        elif is_group and any((source, student) in alone for student in students):
            why = "it has the name of a group, whose members handed in themselves"
        else:
            continue
        yield from ((id, why) for id in sorted(ids))


def _called(clues: Clues) -> frozenset[str]:
    """Return what somebody is called by a platform, or else by a folder or a file, in words.

    A file has several names, of which a program may have added to one.
    """
    numbers = [key_of(clue) for clue in clues if clue.kind in (*NUMBERS, "github")]
    folders = [key_of(clue) for clue in clues if clue.kind == "folder"]
    names = [" ".join(sorted(_WORD.findall(each))) or each for each in folders]
    return frozenset(numbers[:1] or names or [""])
