"""nbgrader's folders: `submitted/STUDENT/ASSIGNMENT`, and `inbound` with every attempt.

All students write to `inbound`, and may call a folder by anybody: the system says whose it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.classroom.bounds import MAX_TOLD
from grader.classroom.hand_ins.entries import Download, Entry
from grader.classroom.hand_ins.layout import UNCLEAR
from grader.classroom.hand_ins.record import Clue, Clues, HandIn
from grader.classroom.hand_ins.times import read_stamp
from grader.classroom.hand_ins.too_many import ATTEMPT
from grader.errors import RefusedError

MAX_ATTEMPTS = 50  # of one person: each of them may be an endless loop
_STEPS = ("submitted", "inbound")  # each a folder of students
_TIME = "timestamp.txt"
_NOT_HANDED_IN = (_TIME, "submission_secret.txt")


class _Place(NamedTuple):
    """The files of one hand-in, whose they are said to be, and when they came."""

    name: str
    student: str
    is_attempt: bool
    at: str
    files: tuple[Entry, ...]


def fits(download: Download) -> float:
    """Return the share of students with a time stamp where nbgrader puts it, or in their name.

    The one folder that there is may be a student's, or have one for each of them.
    """
    people = {entry.parts[0] for entry in download.entries}
    if people <= {*_STEPS}:
        return _share_below(download)
    depth = 2 if len(people) == 1 else 1
    every = {entry.parts[:depth] for entry in download.entries}
    stamped = {e.parts[:depth] for e in download.entries if e.parts[2:] == (_TIME,)}
    attempts = {parts for parts in every if ATTEMPT.fullmatch(parts[0])}
    share = len(stamped | attempts) / len(every)
    is_sure = depth == 1 or attempts or _step_of(download)
    return share if is_sure else min(share, UNCLEAR)


def _share_below(download: Download) -> float:
    """Return of how many in the steps there is a folder below them, or a time in their name.

    A folder that a teacher called so has files there.
    """
    below = [entry.parts[1:] for entry in download.entries if entry.parts[1:]]
    found = {parts[0] for parts in below if parts[2:] or ATTEMPT.fullmatch(parts[0])}
    return len(found) / max(1, len({parts[0] for parts in below}))


def is_inbound(download: Download) -> bool:
    """Tell whether a download has an attempt in what is called so, whatever else is put there.

    It is called so itself, or has nothing but the steps of nbgrader in it.
    """
    names = {entry.parts[0] for entry in download.entries}
    if not _step_of(download) and names <= {*_STEPS}:
        inside = (entry.parts for entry in download.entries if entry.parts[0] == "inbound")
        return any(ATTEMPT.fullmatch(parts[1]) for parts in inside if len(parts) > 1)
    return _step_of(download) == "inbound" and any(map(ATTEMPT.fullmatch, names))


def hand_ins(download: Download) -> Iterator[HandIn]:
    """Yield a hand-in for each student and assignment, and in `inbound` for each attempt.

    Of attempts that are too many some are listed, each by one file.
    """
    places = list(_places(download))
    owners = _owners_of(download.folder, places) if download.folder else {}
    left_out = _left_out(places, owners)
    for place in places:
        why, files = left_out.get(place.name), place.files
        if why is None:
            yield HandIn(place.name, _whose(place, owners), files, place.at)
        elif why and files:
            refused = (files[0]._replace(refused=why),)
            yield HandIn(place.name, _whose(place, owners), refused, place.at)


def _left_out(places: Sequence[_Place], owners: Mapping[str, str]) -> dict[str, str]:
    """Return which attempts are not the last of a student's, and why that is; of some, nothing.

    Those that are nobody's are together so many for each user.
    """
    attempts: dict[tuple[str, bool], list[_Place]] = {}
    for place in sorted(places, key=lambda each: each.at):
        if place.is_attempt:
            whose = owners.get(place.name, place.student)
            attempts.setdefault((whose, place.name in owners), []).append(place)
    found: dict[str, str] = {}
    for own in attempts.values():
        why = f"its student handed in {len(own):,} times, and the last {MAX_ATTEMPTS} are taken"
        for number, place in enumerate(own[:-MAX_ATTEMPTS]):
            found[place.name] = why if number < MAX_TOLD else ""
    return found


def _places(download: Download) -> Iterator[_Place]:
    every = {entry.parts[0] for entry in download.entries}
    attempts = [*filter(ATTEMPT.fullmatch, every)]
    named = _step_of(download)
    unsaid = named or ("inbound" if 2 * len(attempts) > len(every) else "submitted")
    groups: dict[tuple[str, ...], list[Entry]] = {}
    # Where the download is one step itself, a folder called so is somebody's own.
    split = [("", each) if named else _below_step(each) for each in download.entries]
    for step, entry in split:
        is_attempt = (step or unsaid) == "inbound" and len(entry.parts) > 1
        depth = 1 if is_attempt else 2
        inside = "/".join(entry.parts[depth:])
        groups.setdefault(entry.parts[:depth] if inside else (), []).append(
            entry._replace(path=inside or entry.path)
        )
    for parts, files in groups.items():
        attempt = ATTEMPT.fullmatch(parts[0]) if len(parts) == 1 else None
        # What `inbound` has under another name, nbgrader did not put there.
        student, time = attempt.groups() if attempt else (parts[0] if parts[1:] else "", "")
        stamps = [entry for entry in files if entry.path == _TIME]
        at = _stamp(stamps[0]) if stamps else read_stamp(time)
        own = tuple(entry for entry in files if entry.path not in _NOT_HANDED_IN)
        yield _Place("/".join(parts), student, bool(attempt), at, own)


def _whose(place: _Place, owners: Mapping[str, str]) -> tuple[Clues, ...]:
    if why := owners.get(place.name):
        return ((Clue("unclear", why),),)
    return ((Clue("folder", place.student),),) if place.student else ()


def _owners_of(folder: Path, places: Sequence[_Place]) -> dict[str, str]:
    """Return why attempts are nobody's whose folders are of others than they say.

    Where all folders are of one user, that may be whoever copied them, or a hub's; where a user is
    called as one of the students, that is who they are.
    """
    attempts = {place.name: place for place in places if place.is_attempt}
    owner = {name: _owner(folder, name) for name in attempts}
    known = {name: user for name, user in owner.items() if user}
    are_called_so = any(user == attempts[name].student for name, user in known.items())
    if len({*known.values()}) < 2 and not are_called_so:
        return {}
    students: dict[str, set[str]] = {}
    users: dict[str, set[str]] = {}
    for name, user in known.items():
        students.setdefault(user, set()).add(attempts[name].student)
        users.setdefault(attempts[name].student, set()).add(user)
    found = {}
    for name, user in known.items():
        student = attempts[name].student
        is_one = not are_called_so and len(students[user]) == len(users[student]) == 1
        if user != student and not is_one:
            found[name] = f"its folder is that of the user {user}"
    return found


def _owner(folder: Path, name: str) -> str:
    """Return which user a folder is of; nothing where that is whoever grades, or not to be had."""
    if sys.platform == "win32":
        return ""
    import pwd

    for place in (folder / name, folder / "inbound" / name):
        try:
            user = os.lstat(place).st_uid
        except OSError:
            continue
        if user in (0, os.getuid()):
            return ""
        try:
            return pwd.getpwuid(user).pw_name
        except KeyError:
            return str(user)
    return ""


def _step_of(download: Download) -> str:
    """Return which step a download is by its name, be it a folder or a zip of what is in it.

    A zip of the folder itself has nothing but that folder, which says so.
    """
    name = download.name.removesuffix(".zip")
    is_around = {entry.parts[0] for entry in download.entries} == {name}
    return name if name in _STEPS and not is_around else ""


def _below_step(entry: Entry) -> tuple[str, Entry]:
    """Return the step that a file lies in, if it says so, and the file as it lies there."""
    step, *inside = entry.parts
    is_below = step in _STEPS and bool(inside)
    return (step, entry._replace(path="/".join(inside))) if is_below else ("", entry)


def _stamp(entry: Entry) -> str:
    try:
        return read_stamp(entry.read(200).decode("utf-8", "replace"))
    except RefusedError:  # then nobody knows
        return ""
