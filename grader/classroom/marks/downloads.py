"""Writes down which hand-ins lay in one download, which its name does not say: others have it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from grader.classroom.marks.schema import transaction
from grader.classroom.marks.store import Store


def write_download(database: sqlite3.Connection, digests: Collection[str]) -> None:
    """Write down a download by the digests of its hand-ins, unless one that is known has them all.

    So reading the same again writes nothing.
    """
    with transaction(database):
        ids = [
            id
            for digest in dict.fromkeys(digests)
            for (id,) in database.execute("SELECT id FROM hand_ins WHERE digest = ?", (digest,))
        ]
        if not ids or _has_all(database, ids):
            return
        ((number,),) = database.execute("SELECT IFNULL(MAX(download), 0) + 1 FROM read_in")
        add = "INSERT INTO read_in VALUES (?, ?)"
        database.executemany(add, [(number, id) for id in ids])


def downloads_of(store: Store) -> dict[int, set[str]]:
    """Return in which downloads each hand-in lay."""
    found: dict[int, set[str]] = {}
    for download, hand_in in store.rows("SELECT download, hand_in FROM read_in"):
        found.setdefault(hand_in, set()).add(str(download))
    return found


def _has_all(database: sqlite3.Connection, ids: Collection[int]) -> bool:
    """Tell whether one download has all of these, which is one of those that have the first."""
    wanted = set(ids)
    query = "SELECT download FROM read_in WHERE hand_in = ?"
    for (download,) in database.execute(query, (next(iter(ids)),)).fetchall():
        rows = database.execute("SELECT hand_in FROM read_in WHERE download = ?", (download,))
        if wanted <= {id for (id,) in rows}:
            return True
    return False
