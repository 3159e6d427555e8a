"""When something was handed in, as tables say that go with a download; and with which they go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import tzinfo
from itertools import combinations
from typing import NamedTuple

from grader.classroom.hand_ins.record import HandIn
from grader.classroom.hand_ins.times import read_amount, read_stamp, read_words
from grader.classroom.people.roster import participant_of
from grader.classroom.people.tables import Table
from grader.errors import UsageError, in_one_line

_PARTICIPANT, _SUBMISSION = "participant", "submission"
_FEW = 10  # as many times those in several downloads are fewer than all
# As Moodle says it in English and in German. With an extension it calls late what came after that.
_LATE = re.compile(r" - ([^-]*?) (?:late|zu spät)\b")
_EXTENDED = re.compile(" - (?:Extension granted until|Verlängertes Abgabeende bis)")


class Known(NamedTuple):
    """When something came, whether that was late, and by how much; as far as a table says it."""

    submitted_at: str = ""
    is_late: bool | None = None
    late_seconds: int | None = None


Key = tuple[str, str]  # what a platform calls a participant, or a hand-in
Times = Mapping[Key, Known]
Has = Mapping[Key, str]  # participants, with what tells whether their hand-ins are the same


class Named(NamedTuple):
    """What stands on the command line: a download or, with times, a table; and whom it has.

    Those are participants: other hand-ins of theirs have the same numbers.
    """

    name: str
    has: Has
    times: Times | None = None


def times_in(table: Table, zone: tzinfo) -> Times:
    """Return what a table says; dates in words are those of a zone."""
    return {**_worksheet_times(table, zone), **_score_times(table)}


def keys_of(hand_in: HandIn) -> Iterator[Key]:
    """Yield what tables may call a hand-in."""
    yield from ((clue.kind, clue.value) for clues in hand_in.submitters for clue in clues)
    yield _SUBMISSION, hand_in.place


def is_of_participant(key: Key) -> bool:
    """Tell whether a key is a number of Moodle's: people keep it when they hand in again."""
    return key[0] == _PARTICIPANT


def tables_of(named: Sequence[Named]) -> dict[int, set[int]]:
    """Return which tables have the times of each download, by their places in `named`.

    A platform's numbers tell, but where two downloads have different hand-ins of the same people,
    or two tables say different times of them: then each has the one that it stands beside.

    Raises
    ------
    UsageError
        They do not stand in pairs.
    """
    tables = {n for n, each in enumerate(named) if each.times is not None}
    downloads = [n for n in range(len(named)) if n not in tables]
    found = {n: {t for t in tables if named[n].has.keys() & named[t].has.keys()} for n in downloads}
    for group in _linked(found):
        if _is_unclear(named, group):
            pairs = _pairs(named, group)
            found.update({n: {pairs[n]} for n in group if n not in tables})
    return found


def doubtful_in(downloads: Sequence[Has], tables: Sequence[Times]) -> AbstractSet[Key]:
    """Return of whom, few that they are, the one table may mean either of different hand-ins.

    Such are those who are in two sections. A class that handed in twice is not few.
    """
    if len(tables) != 1:
        return frozenset()
    count = Counter(key for has in downloads for key in has.keys() & tables[0].keys())
    in_several = [key for key in count if count[key] > 1]
    are_few = _FEW * len(in_several) <= len(count)
    return _with_several(downloads) & count.keys() if are_few else frozenset()


def _with_several(downloads: Sequence[Has]) -> set[Key]:
    """Return who has different hand-ins in different downloads."""
    return {
        key
        for one, other in combinations(downloads, 2)
        for key in one.keys() & other.keys()
        if one[key] != other[key]
    }


def _linked(found: Mapping[int, Collection[int]]) -> list[list[int]]:
    """Return what has people in common, downloads with tables, each in the order of naming."""
    groups: list[set[int]] = []
    for download, tables in found.items():
        own = {download, *tables}
        apart = [group for group in groups if not group & own]
        groups = [*apart, own.union(*(group for group in groups if group & own))]
    return [sorted(group) for group in groups]


def _is_unclear(named: Sequence[Named], group: Sequence[int]) -> bool:
    told = [times for n in group if (times := named[n].times) is not None]
    downloads = [named[n].has for n in group if named[n].times is None]
    known = {key for times in told for key in times}
    return bool(_with_several(downloads) & known) or any(
        one[key] != other[key]
        for one, other in combinations(told, 2)
        for key in one.keys() & other.keys()
    )


def _pairs(named: Sequence[Named], group: Sequence[int]) -> dict[int, int]:
    """Return the table of each download, where one stands beside each."""
    ones, others = group[::2], group[1::2]
    kinds = [[named[n].times is None for n in half] for half in (ones, others)]
    if len(ones) != len(others) or not (
        (all(kinds[0]) and not any(kinds[1])) or (all(kinds[1]) and not any(kinds[0]))
    ):
        raise UsageError(
            "nobody can tell which times are of which download: the same people are in"
            f" {', '.join(in_one_line(named[n].name) for n in group)}",
            next="Grade one download after the other, each with its own worksheet, if it has one;"
            " or name each with its own behind it: old.zip old.csv new.zip new.csv",
        )
    return {**dict(zip(ones, others, strict=True)), **dict(zip(others, ones, strict=True))}


def _worksheet_times(table: Table, zone: tzinfo) -> Times:
    """Return what Moodle's worksheet says, by participant: a date, and in words how late."""
    identifier, status = table.column("identifier", "id"), table.column("status")
    date = table.column("lastmodifiedsubmission", "zuletztgeändertabgabe")
    if identifier is None or (status is None and date is None):
        return {}
    found = {}
    for row in table.rows:
        number = participant_of(row[identifier])
        if not number:
            continue
        said = row[status] if status is not None else ""
        late = _LATE.search(said)
        at = read_words(row[date], zone) if date is not None else ""
        seconds = read_amount(late[1]) if late else None
        is_late = True if late else False if _EXTENDED.search(said) else None
        found[_PARTICIPANT, number] = Known(at, is_late, seconds)
    return found


def _score_times(table: Table) -> Times:
    """Return what Gradescope's scores say, by submission."""
    number, late = table.column("submissionid"), table.column_that_begins("lateness")
    date = table.column("submissiontime")
    if number is None or late is None:
        return {}
    found = {}
    for row in table.rows:
        seconds = read_amount(row[late])
        at = read_stamp(row[date], None) if date is not None else ""
        is_late = None if seconds is None else seconds > 0
        found[_SUBMISSION, f"submission_{row[number]}"] = Known(at, is_late, seconds)
    return found
