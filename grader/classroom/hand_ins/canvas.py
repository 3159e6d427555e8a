"""Canvas's "Download submissions": flat, NAME_[LATE_]USER_ATTACHMENT_FILE.

It says who was late and not how much. Who is not LATE was in time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from grader.classroom.hand_ins.entries import Download, Entry
from grader.classroom.hand_ins.record import Clue, HandIn

_NAMED = re.compile(
    r"(?P<name>.*?)_(?P<late>LATE_)?(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)", re.DOTALL
)
_ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?(?P<name>anon)_(?P<user>[^_]+)_(?P<attachment>\d+)_(?P<file>.+)", re.DOTALL
)
_TYPED = re.compile(r"(?P<name>.*?)_(?P<late>LATE_)?(?P<user>\d+)_(?P<file>(text|link)\.html)")
_NO_FILE = "it was typed into Canvas's text box, or is a link: a file is wanted"


class _Part(NamedTuple):
    name: str
    user: str
    attachment: str
    is_late: bool
    entry: Entry


def fits(download: Download) -> bool:
    """Tell whether most files are called as Canvas calls them."""
    found = [_find(entry) for entry in download.entries]
    return 2 * len([each for each in found if each]) > len(found)


def hand_ins(download: Download) -> Iterator[HandIn]:
    """Yield a hand-in for each user, and one of nobody for what is called otherwise."""
    parts: dict[str, list[_Part]] = {}
    others: list[Entry] = []
    for entry in download.entries:
        if part := _find(entry):
            parts.setdefault(part.user, []).append(part)
        else:
            others.append(entry)
    for user, own in parts.items():
        name = own[0].name
        clues = [Clue("canvas", user), Clue("name", name), Clue("group", name)]
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


def _find(entry: Entry) -> _Part | None:
    typed = _TYPED.fullmatch(entry.name)
    found = typed or _ANONYMOUS.fullmatch(entry.name) or _NAMED.fullmatch(entry.name)
    if not found or len(entry.parts) > 2:  # flat, or in the folder that it was unpacked to
        return None
    inside = entry._replace(path=found["file"], refused=_NO_FILE if typed else entry.refused)
    attachment = "" if typed else found["attachment"]
    return _Part(found["name"], found["user"], attachment, bool(found["late"]), inside)
