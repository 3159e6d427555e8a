"""Whose the one folder of a download is: somebody's, or one that was made for everybody's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from grader.classroom.hand_ins.entries import Download
from grader.classroom.hand_ins.record import Clue
from grader.classroom.people.matching import Matcher
from grader.classroom.people.roster import Person
from grader.errors import UsageError, in_one_line

_PART = re.compile("[^-_ .]+")
_MOST_PARTS = 8  # of a name
_MOST_WORDS = 50_000  # that are looked up: of a class there are some thousands
_GIVEN = ("login", "email", "canvas")  # a number may be that of an assignment


def is_somebodys(download: Download, matcher: Matcher) -> bool:
    """Tell whether the one folder of a download is called by somebody on the roster.

    Raises
    ------
    UsageError
        It is so by a name that people choose, and what is in it is called by others.
    """
    folders = {entry.parts[0] for entry in download.entries if entry.parts[1:]}
    if len(folders) != 1:
        return False
    (name,) = folders
    whose = matcher.match((Clue("folder", name),)).people
    if not whose or any(matcher.match((Clue(kind, name),)).people for kind in _GIVEN):
        return bool(whose)
    if not (why := _why_everybodys(download, matcher, whose)):
        return True
    raise UsageError(
        f"its one folder is called {in_one_line(name)}, which is a name of"
        f" {in_one_line(whose[0].student)}'s, and {why}",
        where=in_one_line(download.name),
        next="Nobody can tell whose it is. If it is everybody's,"
        f"{'' if download.folder else ' unpack it and'} name that folder itself; if it is one"
        " person's, call it by their login or address.",
    )


def _why_everybodys(download: Download, matcher: Matcher, whose: Sequence[Person]) -> str:
    """Return why the one folder may be everybody's, who it is called by notwithstanding."""
    names = {name for entry in download.entries for name in entry.parts[1:]}
    words = {word for each in names for word in (each, *_words_in(each))}
    if len(words) > _MOST_WORDS:
        return "more is in it than one person's work"
    inside = (matcher.match((Clue("folder", word),)).people for word in words)
    others = {person.student for people in inside for person in people if person not in whose}
    if others:
        who = "another is" if len(others) == 1 else f"{len(others)} others are"
        return f"{who} named in it"
    places = {(entry.name, entry.parts[1]) for entry in download.entries if entry.parts[2:]}
    ((name, count),) = Counter(name for name, _ in places).most_common(1) or [("", 0)]
    return f"{count} folders in it hold a {in_one_line(name)}" if count > 1 else ""


def _words_in(name: str) -> Iterator[str]:
    """Yield the parts of a name, alone and beside each other: ada.lee-QUIZ.yaml is ada.lee's."""
    parts = [found.span() for found in islice(_PART.finditer(name), _MOST_PARTS)]
    for first, (start, _) in enumerate(parts):
        for _, end in parts[first:]:
            yield name[start:end]
