"""The files of a download, few enough: who has too many is refused alone, for all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import chain
from typing import TYPE_CHECKING

from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.classroom.hand_ins.entries import Entry

MAX_ENTRIES = 200_000  # files of one download
MAX_OF_ONE = 2_000  # files of one person's, where all together are more than that
_SHOWN = 3  # of them, as platforms add files of their own
_STEPS = {"submitted", "inbound"}  # of nbgrader's, which have a folder for each student
# In nbgrader's `inbound`: STUDENT+ASSIGNMENT+TIME, with some letters behind. A student may have a +
# as well.
ATTEMPT = re.compile(r"(.+)\+[^+]*\+(\d{4}-\d\d-\d\d [^+]*)(?:\+[^+]*)?")
_OF_ONE = re.compile(r"[^_]*_(?:LATE_)?[0-9]+(?=_)")  # what platforms write before a flat file


def few(entries: Iterable[Entry], depth: int, shown: str) -> tuple[Entry, ...]:
    """Return the files, of each who has too many a few that are refused.

    People's folders lie `depth` folders deep.

    Raises
    ------
    UsageError
        There are too many, though nobody has.
    """
    kept: dict[str, list[Entry]] = {}
    refused: dict[str, list[Entry]] = {}
    count = 0
    for entry in entries:
        whose = _whose(entry, depth)
        if whose in refused:
            continue
        kept.setdefault(whose, []).append(entry)
        count += 1
        if count + len(refused) > MAX_ENTRIES:
            most = max(kept, key=lambda each: len(kept[each]))
            if len(kept[most]) <= MAX_OF_ONE:
                raise _too_many(shown)
            count -= len(kept[most])
            why = f"with it come more than {MAX_OF_ONE:,} files, and {MAX_ENTRIES:,} in all"
            refused[most] = [each._replace(refused=why) for each in kept.pop(most)[:_SHOWN]]
    return (*chain.from_iterable((*kept.values(), *refused.values())),)


def depth_of_people(folders: Collection[str]) -> int:
    """Return how deep people's folders lie below the folders of a download: one, or in the one."""
    return 1 if len(folders) == 1 or {*folders} <= _STEPS else 0


def _whose(entry: Entry, depth: int) -> str:
    """Return what the files of one person have in common."""
    parts = entry.parts
    if len(parts) > depth + 1:
        attempt = ATTEMPT.fullmatch(parts[depth])
        return "/".join((*parts[:depth], attempt[1] if attempt else parts[depth]))
    found = _OF_ONE.match(entry.name)
    return "/".join((*parts[:-1], found[0] if found else entry.name))


def _too_many(shown: str) -> UsageError:
    return UsageError(
        f"this holds more than {MAX_ENTRIES:,} files",
        where=shown,
        next="Name the folder of the hand-ins alone, or a part of it.",
    )
