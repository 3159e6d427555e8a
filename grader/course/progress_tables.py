"""The tables of a learner's record, and how a file that an earlier version wrote gets them."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator

from grader.course.database_check import DamagedError, require_whole
from grader.course.database_schema import Made, made_in, require_schema, require_small_schema
from grader.course.progress_check import MAX_BYTES, require_rows

_SCHEMA = """
CREATE TABLE IF NOT EXISTS grades (
    id INTEGER PRIMARY KEY, exercise TEXT NOT NULL, outcome TEXT NOT NULL,
    points REAL NOT NULL, max_points REAL NOT NULL, seed INTEGER NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS hints (exercise TEXT PRIMARY KEY, shown INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sittings (
    id INTEGER PRIMARY KEY, quiz TEXT NOT NULL, seed INTEGER NOT NULL, at REAL NOT NULL,
    score REAL, max_score REAL);
"""
# What the first graders had as well, which nothing reads any more.
_GONE = """
CREATE TABLE answers (
    sitting INTEGER NOT NULL REFERENCES sittings (id), question TEXT NOT NULL,
    chosen TEXT, at REAL NOT NULL, PRIMARY KEY (sitting, question));
CREATE TABLE solutions (exercise TEXT PRIMARY KEY, at REAL NOT NULL);
"""
# What was added since, in order; the file's user_version says how many of these it has.
_UPGRADES = (
    """
    ALTER TABLE sittings ADD COLUMN scope TEXT NOT NULL DEFAULT '';
    ALTER TABLE sittings ADD COLUMN mode TEXT NOT NULL DEFAULT 'practice';
    ALTER TABLE sittings ADD COLUMN is_whole INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE sittings ADD COLUMN is_open INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE sittings ADD COLUMN questions TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE sittings ADD COLUMN minutes REAL;
    CREATE TABLE replies (
        id INTEGER PRIMARY KEY, sitting INTEGER NOT NULL REFERENCES sittings (id),
        question TEXT NOT NULL, key TEXT NOT NULL, given TEXT NOT NULL, mark TEXT NOT NULL,
        confidence INTEGER, at REAL NOT NULL, UNIQUE (sitting, question));
    CREATE TABLE doubts (
        sitting INTEGER NOT NULL REFERENCES sittings (id), question TEXT NOT NULL,
        PRIMARY KEY (sitting, question));
    DROP TABLE IF EXISTS answers
    """,
    "ALTER TABLE grades ADD COLUMN checks TEXT NOT NULL DEFAULT ''",
)

_COLUMN = re.compile(r"\s*ALTER TABLE (\w+) ADD COLUMN (\w+)")
_TABLE = re.compile(r"\s*CREATE TABLE (\w+)")


def in_memory() -> sqlite3.Connection:
    """Return an empty database that is no file."""
    return sqlite3.connect(":memory:", isolation_level=None)


def made_ready(database: sqlite3.Connection) -> sqlite3.Connection:
    """Return a database with every table that is needed, and nothing odd in any.

    Raises
    ------
    DamagedError
        There was something odd. The database is closed then, as it is on every other error.
    """
    try:
        require_small_schema(database, MAX_BYTES)
        _version(database)
        require_schema(database, _of_any_version())
        require_whole(database)  # now that nothing in it computes
        database.executescript(_SCHEMA)
        _upgrade(database)
        require_rows(database)
    except BaseException as error:
        database.close()
        if isinstance(error, UnicodeDecodeError):  # in a name that SQLite complains of
            raise DamagedError("a name in it is no text") from error
        raise
    return database


def _of_any_version() -> frozenset[Made]:
    """Return each table as each version of ours has it.

    Which one a file has is not asked: an older grader may have set the number of it back.
    """
    known: frozenset[Made] = frozenset()
    with contextlib.closing(in_memory()) as database:
        database.executescript(_SCHEMA + _GONE)
        for version in range(len(_UPGRADES) + 1):
            _upgrade(database, version)
            known |= made_in(database)
    return known


@contextlib.contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Save all that is done within, or nothing of it."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if database.in_transaction:  # where the disk is full, SQLite has gone back by itself
            database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _upgrade(database: sqlite3.Connection, version: int = len(_UPGRADES)) -> None:
    """Bring a file that an earlier version wrote up to date, or up to a version."""
    if _version(database) >= version:
        return
    with transaction(database):
        for statements in _UPGRADES[_version(database) : version]:
            for statement in statements.split(";"):
                if not _is_done(database, statement):
                    database.execute(statement)
        database.execute(f"PRAGMA user_version = {version}")


def _is_done(database: sqlite3.Connection, statement: str) -> bool:
    """Tell whether a table or a column is there already, whatever the number of the version."""
    if found := _COLUMN.match(statement):
        columns = database.execute(f"PRAGMA table_info({found[1]})").fetchall()
        return found[2] in [column[1] for column in columns]
    table = _TABLE.match(statement)
    query = "SELECT 1 FROM sqlite_master WHERE name = ?"
    return bool(table and database.execute(query, (table[1],)).fetchone())


def _version(database: sqlite3.Connection) -> int:
    """Return how many of the upgrades a file has; another command may be the first with one."""
    version = int(database.execute("PRAGMA user_version").fetchone()[0])
    if version < 0:
        raise DamagedError(f"version {version}")
    if version > len(_UPGRADES):  # no damage: it is left as it is, for that one
        raise sqlite3.OperationalError("a newer grader wrote the file")
    return version
