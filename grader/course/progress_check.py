"""Tells a record of progress that is as we write it from one that something else has been at.

What is checked here once, whenever a record is opened, nobody has to doubt who reads it.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import stat
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

MAX_BYTES = 50_000_000
# Steps of SQLite's machine that one command may take: seconds, where a year's record takes none.
_BUDGET = 200_000_000
_A_CALL = 1_000_000
_LATEST = 100_000_000_000  # in seconds since 1970: later times are more than a calendar holds


_LONGEST = 100_000  # characters of a text
# What SQLite keeps beside a file, and how a journal ends that names another file to be deleted.
BESIDE = ("-journal", "-wal", "-shm")
_NAMES_ANOTHER = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"


class DamagedError(sqlite3.DatabaseError):
    """The file is a database, and not one of ours."""


def _text(name: str) -> str:
    return f"typeof({name}) = 'text' AND length({name}) <= {_LONGEST}"


def _whole(name: str) -> str:
    return f"typeof({name}) = 'integer'"


def _number(name: str, most: int = 1_000_000) -> str:
    return f"typeof({name}) IN ('integer', 'real') AND {name} BETWEEN 0 AND {most}"


def _or_null(name: str, condition: str) -> str:
    return f"({name} IS NULL OR {condition})"


# What holds of every row of a table, whatever types SQLite would let it have.
_ROWS: Mapping[str, tuple[str, ...]] = {
    "grades": (
        *map(_text, ("exercise", "outcome", "checks")),
        *map(_number, ("points", "max_points")),
        _whole("seed"),
        _number("at", _LATEST),
    ),
    "hints": (_text("exercise"), _whole("shown"), _number("shown")),
    "sittings": (
        *map(_text, ("quiz", "scope")),
        "mode IN ('practice', 'exam', 'review')",
        *map(_whole, ("seed", "is_whole", "is_open")),
        _number("at", _LATEST),
        "is_names(questions)",
        *(_or_null(name, _number(name)) for name in ("score", "max_score", "minutes")),
        "(score IS NULL) = (max_score IS NULL)",
    ),
    "replies": (
        *map(_text, ("question", "key")),
        "is_given(given)",
        "mark IN ('right', 'partly', 'wrong', 'skipped')",
        "(confidence IS NULL OR confidence IN (1, 2, 3))",
        _number("at", _LATEST),
    ),
    "doubts": (_text("question"),),
}


def require_own_journal(path: Path) -> None:
    """Raise `DamagedError` unless what lies beside a record is what SQLite leaves of ours.

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
            if status.st_size > MAX_BYTES:
                raise DamagedError(f"{beside.name} is larger than any of ours")
            if beside.read_bytes().endswith(_NAMES_ANOTHER):
                raise DamagedError(f"{beside.name} names another file")


def guard(database: sqlite3.Connection) -> None:
    """See to it that no statement takes for ever, and that every text can be read."""
    calls = iter(range(_BUDGET // _A_CALL))
    database.set_progress_handler(lambda: next(calls, None) is None, _A_CALL)
    database.text_factory = lambda text: text.decode("utf-8", "replace")


def require_tables(database: sqlite3.Connection, known: Mapping[str, Collection[str]]) -> None:
    """Raise `DamagedError` unless tables of a `known` name are made by one of its statements.

    Others are never read, but nothing that computes may be among them, such as a view.
    """
    for kind, name, sql in database.execute("SELECT type, name, sql FROM sqlite_master"):
        statement = " ".join(str(sql).split())
        is_ours = statement in known.get(name, (statement,))
        is_plain = kind == "table" and not statement.upper().startswith("CREATE VIRTUAL")
        if not (is_plain and is_ours) and (kind, sql) != ("index", None):
            raise DamagedError(f"{kind} {name}")


def require_rows(database: sqlite3.Connection) -> None:
    """Raise `DamagedError` unless every row is one that we could have written."""
    _add(database, "is_names", lambda value: _is_texts(value))
    _add(database, "is_given", lambda value: value is None or _is_given(value))
    for table, conditions in _ROWS.items():
        sound = " AND ".join(conditions)
        odd = f"SELECT 1 FROM {table} WHERE NOT IFNULL({sound}, 0) LIMIT 1"
        if database.execute(odd).fetchone():
            raise DamagedError(table)


def _add(database: sqlite3.Connection, name: str, holds: Callable[[object], bool]) -> None:
    """Let conditions ask whether something holds of the JSON in a column."""

    def of_json(text: object) -> bool:
        try:
            return isinstance(text, str) and holds(json.loads(text))
        except (ValueError, RecursionError):
            return False

    database.create_function(name, 1, of_json, deterministic=True)


def _is_given(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(item, str) for item in value.values())
    return isinstance(value, str) or _is_texts(value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
