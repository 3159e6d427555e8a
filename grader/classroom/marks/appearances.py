"""Writes down each time that a hand-in came, as the same may be handed in again after another."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from grader.classroom.marks.schema import transaction

When = tuple[str, int | None, int | None]  # the moment, whether it was late, and by how much
MAX_APPEARANCES = 400  # of one hand-in: who reads a download a day has a year
_TIMES = "submitted_at, is_late, late_seconds"
_ANOTHER = (  # whether, at a place, the newest hand-in with an answer to the same has another one
    "SELECT 1 FROM files f JOIN (SELECT g.exercise, a.hand_in, MAX(a.id) FROM appearances a"
    " JOIN files g ON g.hand_in = a.hand_in WHERE a.place = ? AND g.answer IS NOT NULL"
    " GROUP BY g.exercise) newest ON newest.exercise = f.exercise"
    " WHERE f.hand_in = ? AND f.answer IS NOT NULL AND NOT EXISTS (SELECT 1 FROM files s"
    " WHERE s.hand_in = newest.hand_in AND s.exercise = f.exercise AND s.answer = f.answer)"
)


class Seen(NamedTuple):
    """Where a hand-in is: in a download, at a place of its own there.

    `is_timed` says that the download itself has its time, and no table that was named beside it.
    """

    source: str
    place: str
    is_timed: bool = False


class Appeared(NamedTuple):
    """What is to be told of a hand-in that came.

    It `is_back`, and so the last, after other answers, though nothing says when it came: the
    download may be an older one. Or it `keeps_its_time`, though a table says another one now.
    """

    is_back: bool = False
    keeps_its_time: bool = False


def write_appearance(database: sqlite3.Connection, digest: str, seen: Seen, when: When) -> Appeared:
    """Write down that a hand-in came, unless this is known; then what is known of it now as well.

    It came again where another one lay at its place meanwhile, or in a download of another name,
    or at another time that the download itself says. A table that says another time may be a newer
    one, of who saved the same again, so the first time stays. One that came very often is not
    written down again: nobody's hand-ins may be what marks cannot be read for.
    """
    ((hand_in,),) = database.execute("SELECT id FROM hand_ins WHERE digest = ?", (digest,))
    last = database.execute(
        f"SELECT hand_in, id, {_TIMES} FROM appearances WHERE source = ? AND place = ?"
        " ORDER BY id DESC LIMIT 1",
        (seen.source, seen.place),
    ).fetchone()
    at = when[0]
    is_moved = bool(last and last[2] and at and last[2] != at)
    if last and last[0] == hand_in and not (seen.is_timed and is_moved):
        if is_moved:
            return Appeared(keeps_its_time=True)
        better = (
            last[2] or at,
            *(new if old is None else old for old, new in zip(last[3:], when[1:], strict=True)),
        )
        if better != last[2:]:
            change = f"UPDATE appearances SET ({_TIMES}) = (?, ?, ?) WHERE id = ?"
            _write(database, change, *better, last[1])
    elif not (at and _came(database, hand_in, at)) and _is_seldom(database, hand_in):
        is_back = not at and _was_before(database, hand_in, seen.place)
        add = f"INSERT INTO appearances (hand_in, source, place, {_TIMES}) VALUES (?,?,?,?,?,?)"
        _write(database, add, hand_in, seen.source, seen.place, *when)
        return Appeared(is_back)
    return Appeared()


def _was_before(database: sqlite3.Connection, hand_in: int, place: str) -> bool:
    """Tell whether other answers to the same came last at its place, in any download."""
    return database.execute(_ANOTHER, (place, hand_in)).fetchone() is not None


def _came(database: sqlite3.Connection, hand_in: int, at: str) -> bool:
    query = "SELECT 1 FROM appearances WHERE hand_in = ? AND submitted_at = ?"
    return database.execute(query, (hand_in, at)).fetchone() is not None


def _is_seldom(database: sqlite3.Connection, hand_in: int) -> bool:
    query = "SELECT COUNT(*) FROM appearances WHERE hand_in = ?"
    ((count,),) = database.execute(query, (hand_in,))
    return bool(count < MAX_APPEARANCES)


def _write(database: sqlite3.Connection, statement: str, *values: object) -> None:
    with transaction(database):
        database.execute(statement, values)
