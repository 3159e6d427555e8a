"""The schema of a database of ours: every statement in it is one that we wrote.

A file says itself how its tables are made, and with that what is worked out whenever they are
checked or read: conditions, computed columns, indexes of expressions, views, triggers. One step of
these can take hours, or gigabytes. So no such statement of anybody else's is left standing.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Collection, Iterator
from itertools import islice, repeat
from typing import NamedTuple

from grader.course.database_check import DamagedError, guard

# SQLite parses all of a schema before the first statement is run. Ours takes a tenth of all these.
_STEPS, _CALLS = 100, 100  # of SQLite's machine: some ten for each row
_LONGEST = 20_000  # bytes of a statement, be it one that we run
_MOST_COLUMNS = 100
_NO_SCHEMA = ("malformed database schema", "unsupported file format")  # as SQLite says it
_SAID = 200  # characters of what is odd
_BLANKS = re.compile(r"[ \t\n\r\f]+")  # to SQLite; what else looks like one is part of a name


class Made(NamedTuple):
    """A row of a schema: what was made, its name, whose index it is, and by which statement."""

    kind: object
    name: object
    table: object
    statement: object


# What SQLite keeps for itself, where another program has asked it to count what is there.
_COUNTED = tuple(
    Made("table", name, name, f"CREATE TABLE {name}({columns})")
    for name, columns in (
        ("sqlite_stat1", "tbl,idx,stat"),
        ("sqlite_stat4", "tbl,idx,neq,nlt,ndlt,sample"),
    )
)


def made_in(database: sqlite3.Connection) -> frozenset[Made]:
    """Return the rows of the schema of a database that is ours."""
    return frozenset(made for made, _ in _rows(database))


def require_small_schema(database: sqlite3.Connection, longest: int) -> None:
    """Raise `DamagedError` where a schema is much larger than ours; call this first of all.

    From then on no value has more than `longest` bytes. Python before 3.11 cannot say so.
    """
    guard(database)
    calls = islice(repeat(0), _CALLS)
    database.set_progress_handler(lambda: next(calls, 1), _STEPS)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    try:
        _set_limits(database, _LONGEST)
        database.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if str(error) == "interrupted":
            raise DamagedError("it has more tables than ours") from error
        if str(error).startswith(_NO_SCHEMA):
            raise DamagedError(str(error)[:_SAID]) from error
        raise
    finally:
        _set_limits(database, longest)
        guard(database)


def _set_limits(database: sqlite3.Connection, longest: int) -> None:
    if sys.version_info >= (3, 11):
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
        database.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _LONGEST)
        database.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, _MOST_COLUMNS)


def require_schema(database: sqlite3.Connection, known: Collection[Made]) -> None:
    """Raise `DamagedError` unless each row of a schema is a `known` one, in a place of its own."""
    places: set[object] = {1}  # where the schema itself is
    names: set[object] = set()
    for made, place in _rows(database):
        is_ours = made in known or made in _COUNTED
        if not is_ours or made.name in names or place in places:
            raise DamagedError(f"{made.kind} {made.name} is not one of ours"[:_SAID])
        names.add(made.name)
        places.add(place)


def _rows(database: sqlite3.Connection) -> Iterator[tuple[Made, object]]:
    """Yield the rows of a schema, spaces apart, each with the page where what it made begins."""
    rows = "SELECT type, name, tbl_name, sql, rootpage FROM sqlite_master"
    for kind, name, table, statement, page in database.execute(rows):
        if isinstance(statement, str):
            statement = _BLANKS.sub(" ", statement).strip(" ")
        yield Made(kind, name, table, statement), page
