"""Canvas's "Download submissions": flat, NAME_[LATE_]USER_ATTACHMENT_FILE.

It says who was late and not how much. Who is not LATE was in time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from grader.classroom.hand_ins.canvas_names import Reading, readings, told_apart
from grader.classroom.hand_ins.entries import Download, Entry
from grader.classroom.hand_ins.layout import depth_of, share_of
from grader.classroom.hand_ins.record import Clue, HandIn

# Where nobody is named, and Canvas writes all up to the file.
_ANONYMOUS = re.compile(r"(LATE_)?anon_([^_]+)_([0-9]{1,18})_(.+)", re.DOTALL)
_ANON = "anon"
_NO_FILE = "it was typed into Canvas's text box, or is a link: a file is wanted"
_UNCLEAR = (
    "it is of user {}, because names may hold numbers: where Canvas's gradebook, named as well,"
    " does not tell, give points by hand"
)
_MOST_TOLD = 3


def fits(download: Download) -> float:
    """Return the share of files that are called as Canvas calls them."""
    return share_of(download, _find)


def hand_ins(download: Download) -> Iterator[HandIn]:
    """Yield a hand-in for each user, and some of nobody for what is called otherwise.

    What may be several users' is of none of them. A number that comes with two names tells nothing.
    """
    depth = depth_of(download, _find)
    found = [(entry, _find(entry, depth)) for entry in download.entries]
    if not _is_anonymous([ways for _, ways in found if ways]):
        found = [(entry, readings(entry.name) if ways else []) for entry, ways in found]
    left = told_apart((ways for _, ways in found), download.users)
    parts: dict[tuple[str, str], list[tuple[Reading, Entry]]] = {}
    # Of one person at most one, as what reading a hand-in may take is bounded: all of their files
    # begin alike, with what Canvas wrote.
    unclear: dict[str, tuple[dict[str, None], list[Entry]]] = {}
    for (entry, _), ways in zip(found, left, strict=True):
        if len(ways) == 1:
            parts.setdefault((ways[0].user, ways[0].name), []).append((ways[0], entry))
        else:
            begins = f"{ways[0].name}_{ways[0].user}" if ways else ""
            users, files = unclear.setdefault(begins, ({}, []))
            users.update(dict.fromkeys(f"{way.user} ({way.name})" for way in ways))
            files.append(entry)
    count = Counter(user for user, _ in parts)
    for (user, name), own in parts.items():
        yield _hand_in(user, name, own, count[user] == 1)
    for users, files in unclear.values():
        either = " or ".join([*users][:_MOST_TOLD])
        whose = ((Clue("unclear", _UNCLEAR.format(either)),),) if users else ()
        yield HandIn(either, whose, tuple(files))


def _hand_in(user: str, name: str, own: list[tuple[Reading, Entry]], is_one: bool) -> HandIn:
    clues = [Clue("canvas", user)] if is_one else []
    clues += [Clue("name", name), Clue("group", name)] if name not in ("", _ANON) else []
    clues += [Clue("attachment", way.attachment) for way, _ in own if way.attachment][:1]
    is_late = any(way.is_late for way, _ in own)
    files = tuple(
        entry._replace(path=way.file, refused=entry.refused if way.attachment else _NO_FILE)
        for way, entry in own
    )
    return HandIn(f"{name}_{user}", (tuple(clues),), files, "", is_late, None if is_late else 0)


def _is_anonymous(every: list[list[Reading]]) -> bool:
    """Tell whether nobody is named; somebody who is may be called anon, and have a number."""
    users = [ways[0].user for ways in every if ways[0].name == _ANON]
    return len(users) == len(every) and not all(user.isdigit() for user in users)


def _find(entry: Entry, depth: int) -> list[Reading]:
    if len(entry.parts) != depth + 1:  # flat
        return []
    if anonymous := _ANONYMOUS.fullmatch(entry.name):
        late, user, attachment, file = anonymous.groups()
        return [Reading(_ANON, bool(late), user, attachment, file)]
    return readings(entry.name)
