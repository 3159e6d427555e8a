"""Tells a database of ours from one that something else has been at, before anything is read of it.

The learner's progress and a class's marks are such databases. What is checked here once, whenever
one is opened, nobody has to doubt who reads it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from grader.files import json_of

# Steps of SQLite's machine that one command may take: seconds, where a year's record takes none.
_BUDGET = 200_000_000
_A_CALL = 1_000_000
LONGEST = 400_000  # bytes of a text
_MAX_CACHED = 10_000  # characters of a text that is asked about once, as most are
# What SQLite keeps beside a file, and how a journal ends that names another file to be deleted.
BESIDE = ("-journal", "-wal", "-shm")
_NAMES_ANOTHER = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"


class DamagedError(sqlite3.DatabaseError):
    """The file is a database, and not one of ours."""


def text(name: str, longest: int = LONGEST) -> str:
    """Return the condition that a column holds a text, of so many bytes at most.

    As a text, its length would end where a zero is.
    """
    return f"typeof({name}) = 'text' AND length(CAST({name} AS BLOB)) <= {longest}"


def asked(function: str, name: str, longest: int = LONGEST) -> str:
    """Return the condition that a column holds a text of which a function holds (see `let_ask`)."""
    return f"CASE WHEN {text(name, longest)} THEN {function}({name}) ELSE 0 END"


def whole(name: str) -> str:
    """Return the condition that a column holds a whole number."""
    return f"typeof({name}) = 'integer'"


def number(name: str, most: int = 1_000_000) -> str:
    """Return the condition that a column holds a number from 0 to so many."""
    return f"typeof({name}) IN ('integer', 'real') AND {name} BETWEEN 0 AND {most}"


def or_null(name: str, condition: str) -> str:
    """Return the condition that a column holds nothing, or what a condition says."""
    return f"({name} IS NULL OR {condition})"


def require_own_journal(path: Path, most: int) -> None:
    """Raise `DamagedError` unless what lies beside a database is what SQLite leaves of ours.

    It finishes what a journal has begun, and waits where that is a pipe. One that belongs to
    several files at once names another one, which SQLite deletes: ours never does.

    Source: section 5 of the page "Atomic Commit In SQLite".
    """
    for end in BESIDE:
        beside = path.with_name(f"{path.name}{end}")
        with contextlib.suppress(FileNotFoundError):  # another command may be done with it by now
            status = beside.lstat()
            if not stat.S_ISREG(status.st_mode):
                raise DamagedError(f"{beside.name} is not a regular file")
            if status.st_size > most:
                raise DamagedError(f"{beside.name} is larger than any of ours")
            if _end_of(beside) == _NAMES_ANOTHER:
                raise DamagedError(f"{beside.name} names another file")


def _end_of(path: Path) -> bytes:
    """Return as many of the last bytes of a file as it takes to name another."""
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - len(_NAMES_ANOTHER)))
        return file.read(len(_NAMES_ANOTHER))


def guard(database: sqlite3.Connection) -> None:
    """See to it that no statement takes for ever, and that every text can be read."""
    calls = iter(range(_BUDGET // _A_CALL))
    database.set_progress_handler(lambda: next(calls, None) is None, _A_CALL)
    database.text_factory = lambda text: text.decode("utf-8", "replace")


def require_whole(database: sqlite3.Connection) -> None:
    """Raise `DamagedError` unless every page of a file is in one place.

    A few pages that name each other many times would be as many rows as nobody can wait for. What
    its schema says of rows is evaluated for this: that has to be ours (see `database_schema`).
    """
    guard(database)
    ((said,),) = database.execute("PRAGMA quick_check(1)").fetchall()
    if said != "ok":
        raise DamagedError(f"it is not whole: {' '.join(str(said).split())}")


def require_rows(database: sqlite3.Connection, rows: Mapping[str, Iterable[str]]) -> None:
    """Raise `DamagedError` unless all conditions of a table hold of every row of it."""
    for table, conditions in rows.items():
        sound = " AND ".join(f"({each})" for each in conditions)
        odd = f"SELECT 1 FROM {table} WHERE NOT IFNULL({sound}, 0) LIMIT 1"
        if database.execute(odd).fetchone():
            raise DamagedError(f"a row of {table}")


def let_ask(database: sqlite3.Connection, name: str, holds: Callable[[str], bool]) -> None:
    """Let conditions ask whether something holds of a text; where it raises `ValueError`, no."""

    def of_column(value: object) -> bool:
        try:
            return isinstance(value, str) and holds(value)
        except (ValueError, RecursionError):
            return False

    known = lru_cache(64)(of_column)  # rows beside each other often have the same

    def asked_once(value: object) -> bool:
        is_short = isinstance(value, str) and len(value) <= _MAX_CACHED
        return (known if is_short else of_column)(value)

    database.create_function(name, 1, asked_once, deterministic=True)


def of_json(holds: Callable[[object], bool]) -> Callable[[str], bool]:
    """Return what asks whether something holds of the value that JSON spells."""
    return lambda text: holds(json_of(text.encode()))


def is_texts(value: object) -> bool:
    """Tell whether something is a list of texts."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
