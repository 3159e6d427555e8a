"""Writes down each time that a hand-in came, as the same may be handed in again after another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from grader.classroom.marks.schema import transaction

When = tuple[str, int | None, int | None]  # the moment, whether it was late, and by how much
_TIMES = "submitted_at, is_late, late_seconds"
_CHANGE = f"UPDATE appearances SET ({_TIMES}) = (?, ?, ?) WHERE id = ?"


class Seen(NamedTuple):
    """Where a hand-in is: in a download, at a place of its own there.

    `is_timed` says that the download itself has its time, and no table that was named beside it.
    """

    source: str
    place: str
    is_timed: bool = False


class Came(NamedTuple):
    """That a hand-in lay in a download, and when it came."""

    digest: str
    seen: Seen
    when: When


def write_appearance(database: sqlite3.Connection, digest: str, seen: Seen, when: When) -> bool:
    """Write down that a hand-in came, unless this is known; then what is known of it now as well.

    It came again where another one lay at its place meanwhile, or in a download of another name,
    or at another time. Return whether it counts as handed in again after another one, though
    nothing says when it was: the download may be an older one.
    """
    hand_in, last = _last(database, digest, seen)
    at = when[0]
    if last and last[0] == hand_in and not (seen.is_timed and last[2] and at and last[2] != at):
        better = (
            last[2] or at,
            *(new if old is None else old for old, new in zip(last[3:], when[1:], strict=True)),
        )
        if better != last[2:]:
            _write(database, _CHANGE, *better, last[1])
    elif not (at and _came(database, hand_in, at)):
        is_back = not at and _was_before(database, hand_in, seen.place)
        add = f"INSERT INTO appearances (hand_in, source, place, {_TIMES}) VALUES (?,?,?,?,?,?)"
        _write(database, add, hand_in, seen.source, seen.place, *when)
        return is_back
    return False


def mend_times(database: sqlite3.Connection, came: Iterable[Came]) -> None:
    """Let the times of what was read before be those that a table says which is named now."""
    for digest, seen, when in came:
        hand_in, last = _last(database, digest, seen)
        if last and last[0] == hand_in and when[0] not in ("", last[2]):
            _write(database, _CHANGE, *when, last[1])


def _last(database: sqlite3.Connection, digest: str, seen: Seen) -> tuple[int, Any]:
    """Return the number of a hand-in, and what came last at its place in a download."""
    ((hand_in,),) = database.execute("SELECT id FROM hand_ins WHERE digest = ?", (digest,))
    last = database.execute(
        f"SELECT hand_in, id, {_TIMES} FROM appearances WHERE source = ? AND place = ?"
        " ORDER BY id DESC LIMIT 1",
        (seen.source, seen.place),
    ).fetchone()
    return hand_in, last


def _was_before(database: sqlite3.Connection, hand_in: int, place: str) -> bool:
    """Tell whether a hand-in is known, and another one came last at its place, in any download."""
    known = database.execute("SELECT 1 FROM appearances WHERE hand_in = ?", (hand_in,)).fetchone()
    query = "SELECT hand_in FROM appearances WHERE place = ? ORDER BY id DESC LIMIT 1"
    return bool(known) and database.execute(query, (place,)).fetchone() != (hand_in,)


def _came(database: sqlite3.Connection, hand_in: int, at: str) -> bool:
    query = "SELECT 1 FROM appearances WHERE hand_in = ? AND submitted_at = ?"
    return database.execute(query, (hand_in, at)).fetchone() is not None


def _write(database: sqlite3.Connection, statement: str, *values: object) -> None:
    with transaction(database):
        database.execute(statement, values)
