"""Writes down each time that a hand-in came, as the same may be handed in again after another."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from grader.classroom.marks.schema import transaction

When = tuple[str, int | None, int | None]  # the moment, whether it was late, and by how much


class Seen(NamedTuple):
    """Where a hand-in is: in a download, at a place of its own there.

    `is_timed` says that the download itself has its time, and no table that was named beside it.
    """

    source: str
    place: str
    is_timed: bool = False


def write_appearance(database: sqlite3.Connection, digest: str, seen: Seen, when: When) -> None:
    """Write down that a hand-in came, unless this is known; then what is known of it now as well.

    It came again where another one lay at its place meanwhile, or in a download of another name,
    or at another time.
    """
    ((hand_in,),) = database.execute("SELECT id FROM hand_ins WHERE digest = ?", (digest,))
    columns = "submitted_at, is_late, late_seconds"
    last = database.execute(
        f"SELECT hand_in, id, {columns} FROM appearances WHERE source = ? AND place = ?"
        " ORDER BY id DESC LIMIT 1",
        (seen.source, seen.place),
    ).fetchone()
    at = when[0]
    if last and last[0] == hand_in and not (seen.is_timed and last[2] and at and last[2] != at):
        better = (
            last[2] or at,
            *(new if old is None else old for old, new in zip(last[3:], when[1:], strict=True)),
        )
        if better != last[2:]:
            change = f"UPDATE appearances SET ({columns}) = (?, ?, ?) WHERE id = ?"
            _write(database, change, *better, last[1])
    elif not (at and _came(database, hand_in, at)):
        add = f"INSERT INTO appearances (hand_in, source, place, {columns}) VALUES (?,?,?,?,?,?)"
        _write(database, add, hand_in, seen.source, seen.place, *when)


def _came(database: sqlite3.Connection, hand_in: int, at: str) -> bool:
    query = "SELECT 1 FROM appearances WHERE hand_in = ? AND submitted_at = ?"
    return database.execute(query, (hand_in, at)).fetchone() is not None


def _write(database: sqlite3.Connection, statement: str, *values: object) -> None:
    with transaction(database):
        database.execute(statement, values)
