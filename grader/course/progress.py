"""The learner's progress: one SQLite file in the course's folder, safe for two commands at once.

It remembers and decides nothing; what comes next is worked out in `next_steps`. Losing it loses no
work, so a damaged file is put aside and a new one begun; and where it cannot be written, a command
works on a copy of it that ends with the command.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from grader.course.release_file import read_release
from grader.errors import UsageError

if TYPE_CHECKING:  # a quiz needs no reports, and does not wait for their import
    from grader.records import Report

FOLDER = ".grader"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS grades (
    id INTEGER PRIMARY KEY, exercise TEXT NOT NULL, outcome TEXT NOT NULL,
    points REAL NOT NULL, max_points REAL NOT NULL, seed INTEGER NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS hints (exercise TEXT PRIMARY KEY, shown INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sittings (
    id INTEGER PRIMARY KEY, quiz TEXT NOT NULL, seed INTEGER NOT NULL, at REAL NOT NULL,
    score REAL, max_score REAL);
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
_ADDED = re.compile(r"\s*ALTER TABLE (\w+) ADD COLUMN (\w+)")


class Standing(NamedTuple):
    """How an exercise stands: passed once or only tried, with the best points so far."""

    passed: bool
    points: float
    max_points: float


class QuizStanding(NamedTuple):
    """The best and the last score of a whole quiz, and how many points there were."""

    best: float
    last: float
    max_score: float


class Progress:
    """The progress in one course. Use it with `with`; every method is one transaction.

    A `notice` says what is to be known of the file: that it was damaged, or cannot be written; then
    what happens is not kept.

    Raises
    ------
    UsageError
        From a method: the file can no longer be written.
    """

    def __init__(self, root: Path) -> None:
        self._root, self.path = root, root / FOLDER / "progress.db"
        self.notice, self.is_kept = "", True
        try:
            self.path.parent.mkdir(exist_ok=True)
            self._require_writable()
            self._database = self._open()
        except (OSError, sqlite3.OperationalError) as error:
            self._database, self.is_kept = self._copy_in_memory(), False
            self.notice = str(_say_not_kept(self.path, error))

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *error: object) -> None:
        self._database.close()

    def record(self, report: Report) -> None:
        """Write down how an exercise was graded, and by which checks where a release says so."""
        release = read_release(self._root)
        self.write(
            "INSERT INTO grades (exercise, outcome, points, max_points, seed, at, checks)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            report.exercise,
            report.outcome.value,
            report.points,
            report.max_points,
            report.seed,
            time.time(),
            release.checks.get(report.exercise, ""),
        )

    def checks_graded_by(self) -> Mapping[str, str]:
        """Return the checks that each exercise was last graded by, where that is known."""
        rows = self.read(
            "SELECT exercise, checks, MAX(id) FROM grades"
            " WHERE outcome NOT IN ('not_attempted', 'grader_error') GROUP BY exercise"
        )
        return {exercise: checks for exercise, checks, _ in rows if checks}

    def settle_checks(self, checks: Mapping[str, str]) -> None:
        """Say of what was graded by checks that nobody named which ones they were."""
        with self.transaction() as database:
            for exercise, value in checks.items():
                database.execute(
                    "UPDATE grades SET checks = ? WHERE exercise = ? AND checks = ''",
                    (value, exercise),
                )

    def standings(self) -> Mapping[str, Standing]:
        """Return how every exercise stands that was attempted at all."""
        rows = self.read(
            "SELECT exercise, MAX(outcome = 'passed'), MAX(points), MAX(max_points) FROM grades"
            " WHERE outcome NOT IN ('not_attempted', 'grader_error') GROUP BY exercise"
        )
        return {name: Standing(bool(passed), best, most) for name, passed, best, most in rows}

    def first_passes(self) -> Mapping[str, float]:
        """Return when each exercise that is passed was passed for the first time."""
        rows = self.read(
            "SELECT exercise, MIN(at) FROM grades WHERE outcome = 'passed' GROUP BY exercise"
        )
        return dict(rows)

    def settle_dates(self) -> None:
        """Date what was graded or answered after now as now: the clock was wrong then, or is."""
        now = time.time()
        for table in ("grades", "replies"):
            if self.read(f"SELECT 1 FROM {table} WHERE at > ? LIMIT 1", now):
                self.write(f"UPDATE {table} SET at = ? WHERE at > ?", now, now)

    def has_passed(self, exercise: str) -> bool:
        """Tell whether an exercise was ever passed."""
        standing = self.standings().get(exercise)
        return bool(standing and standing.passed)

    def take_hint(self, exercise: str) -> int:
        """Return how many hints of an exercise were shown before, and count one more."""
        with self.transaction() as database:
            rows = self.read("SELECT shown FROM hints WHERE exercise = ?", exercise)
            before = int(rows[0][0]) if rows else 0
            database.execute("INSERT OR REPLACE INTO hints VALUES (?, ?)", (exercise, before + 1))
        return before

    def quiz_standings(self) -> Mapping[str, QuizStanding]:
        """Return how every quiz stands that was taken to its end."""
        rows = self.read(
            "SELECT quiz, MAX(score), (SELECT score FROM sittings AS later WHERE is_whole"
            "   AND later.quiz = sittings.quiz AND score IS NOT NULL ORDER BY id DESC LIMIT 1),"
            " MAX(max_score) FROM sittings WHERE score IS NOT NULL AND is_whole GROUP BY quiz"
        )
        return {quiz: QuizStanding(*scores) for quiz, *scores in rows}

    def quizzes_begun(self) -> Mapping[str, int]:
        """Return how many questions of each quiz were ever answered."""
        rows = self.read(
            "SELECT quiz, COUNT(DISTINCT question) FROM replies JOIN sittings"
            " ON sittings.id = replies.sitting WHERE quiz != '' GROUP BY quiz"
        )
        return dict(rows)

    def _require_writable(self) -> None:
        """Raise where a change could not be saved, which SQLite finds out with the first one."""
        for each in (self.path.parent, self.path):
            if each.exists() and not os.access(each, os.W_OK):
                raise PermissionError(errno.EACCES, "it is read-only")

    def _copy_in_memory(self) -> sqlite3.Connection:
        """Return what the file holds, as far as it can be read, to go on with for now."""
        database = sqlite3.connect(":memory:", isolation_level=None)
        with contextlib.suppress(OSError, sqlite3.Error):  # there may be none to go on from
            address = f"{self.path.resolve().as_uri()}?mode=ro"
            with contextlib.closing(sqlite3.connect(address, uri=True)) as saved:
                saved.backup(database)
        return _made_ready(database)

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            aside = self.path.with_name(f"progress-damaged-{time.strftime('%Y%m%d-%H%M%S')}.db")
            os.replace(self.path, aside)
            self.notice = (
                f"The progress file was damaged. It is kept as {FOLDER}/{aside.name}, and a new one"
                " was begun: your exercises are untouched, grade them again to count them."
            )
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        # Waiting up to 10 s for another command's transaction is what makes two of them safe.
        return _made_ready(sqlite3.connect(self.path, timeout=10.0, isolation_level=None))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the database; all that is done with it within is saved, or nothing of it."""
        try:
            with _transaction(self._database):
                yield self._database
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_ERROR":  # a statement of ours
                raise
            raise _say_not_kept(self.path, error) from error

    def write(self, statement: str, *values: str | float | None) -> None:
        """Run one SQL statement that changes something."""
        with self.transaction() as database:
            database.execute(statement, values)

    def read(self, statement: str, *values: str | float) -> list[Any]:
        """Return the rows that an SQL statement selects."""
        return self._database.execute(statement, values).fetchall()


def _say_not_kept(path: Path, error: Exception) -> UsageError:
    reason = getattr(error, "strerror", None) or str(error)
    return UsageError(
        f"progress cannot be kept: {reason}",
        where=str(path),
        next="All else works. To keep it, make the folder writable, or copy the course elsewhere.",
    )


def _made_ready(database: sqlite3.Connection) -> sqlite3.Connection:
    """Return a database with every table that is needed, whatever wrote it."""
    try:
        database.executescript(_SCHEMA)
        database.execute("SELECT COUNT(*) FROM grades").fetchone()
        _upgrade(database)
    except sqlite3.Error:
        database.close()
        raise
    return database


@contextlib.contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _upgrade(database: sqlite3.Connection) -> None:
    """Bring a file that an earlier version wrote up to date."""
    if _version(database) >= len(_UPGRADES):  # a later version may have been at it, too
        return
    with _transaction(database):
        for statements in _UPGRADES[_version(database) :]:  # another command may have been first
            for statement in statements.split(";"):
                if not _is_done(database, statement):
                    database.execute(statement)
        database.execute(f"PRAGMA user_version = {len(_UPGRADES)}")


def _is_done(database: sqlite3.Connection, statement: str) -> bool:
    """Tell whether a column is there already: an older version may have set the number back."""
    found = _ADDED.match(statement)
    columns = database.execute(f"PRAGMA table_info({found[1]})").fetchall() if found else []
    return any(found and column[1] == found[2] for column in columns)


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])
