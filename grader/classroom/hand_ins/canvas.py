"""Canvas's "Download submissions": flat, NAME_[LATE_]USER_ATTACHMENT_FILE.

It says who was late and not how much. Who is not LATE was in time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from grader.classroom.hand_ins.entries import Download, Entry
from grader.classroom.hand_ins.layout import depth_of, share_of
from grader.classroom.hand_ins.record import Clue, HandIn

# Read from the left: what Canvas writes ends at the numbers, and what follows is the student's.
_NAMED = re.compile(
    r"(?P<name>[^_]*)_(?P<late>LATE_)?(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)", re.DOTALL
)
_ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?(?P<name>anon)_(?P<user>[^_]+)_(?P<attachment>\d+)_(?P<file>.+)", re.DOTALL
)
_TYPED = re.compile(r"(?P<name>[^_]*)_(?P<late>LATE_)?(?P<user>\d+)_(?P<file>(text|link)\.html)")
_NO_FILE = "it was typed into Canvas's text box, or is a link: a file is wanted"


class _Part(NamedTuple):
    name: str
    user: str
    attachment: str
    is_late: bool
    entry: Entry


def fits(download: Download) -> float:
    """Return the share of files that are called as Canvas calls them."""
    return share_of(download, _find)


def hand_ins(download: Download) -> Iterator[HandIn]:
    """Yield a hand-in for each user, and one of nobody for what is called otherwise.

    A number that comes with two names tells nothing: a name that people chose may hold one.
    """
    parts: dict[tuple[str, str], list[_Part]] = {}
    others: list[Entry] = []
    depth = depth_of(download, _find)
    for entry in download.entries:
        if part := _find(entry, depth):
            parts.setdefault((part.user, part.name), []).append(part)
        else:
            others.append(entry)
    count = Counter(user for user, _ in parts)
    for (user, name), own in parts.items():
        clues = [Clue("canvas", user)] if count[user] == 1 else []
        clues += [Clue("name", name), Clue("group", name)]
        clues += [Clue("attachment", p.attachment) for p in own if p.attachment][:1]
        is_late = any(part.is_late for part in own)
        files = tuple(part.entry for part in own)
        if name == "anon":
            clues = [clue for clue in clues if clue.kind in ("canvas", "attachment")]
        whose = (tuple(clues),)
        late_seconds = None if is_late else 0
        yield HandIn(f"{name}_{user}", whose, files, "", is_late, late_seconds)
    if others:
        yield HandIn("", (), tuple(others))


def _find(entry: Entry, depth: int) -> _Part | None:
    if len(entry.parts) != depth + 1:  # flat
        return None
    typed = _TYPED.fullmatch(entry.name)
    found = typed or _ANONYMOUS.fullmatch(entry.name) or _NAMED.fullmatch(entry.name)
    if not found:
        return None
    inside = entry._replace(path=found["file"], refused=_NO_FILE if typed else entry.refused)
    attachment = "" if typed else found["attachment"]
    return _Part(found["name"], found["user"], attachment, bool(found["late"]), inside)
