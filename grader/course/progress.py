"""The learner's progress: one SQLite file in the course's folder, safe for two commands at once.

It remembers and decides nothing; what comes next is worked out in `next_steps`. Losing it loses no
work, so a damaged file is put aside and a new one begun; and where it cannot be written, a command
works on a copy of it that ends with the command.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from grader.course.database_check import BESIDE, DamagedError, guard, require_own_journal
from grader.course.places import require_no_link, unused
from grader.course.progress_check import MAX_BYTES, MAX_SHOWN
from grader.course.progress_tables import in_memory, made_ready, transaction
from grader.course.release_file import read_release
from grader.errors import UsageError

if TYPE_CHECKING:  # a quiz needs no reports, and does not wait for their import
    from grader.records import Report

FOLDER = ".grader"


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
            require_no_link(root, self.path)
        except UsageError as error:
            self._database, self.is_kept = made_ready(in_memory()), False
            self.notice = f"progress is not kept: {error}"
            return
        try:
            self.path.parent.mkdir(exist_ok=True)
            self._require_writable()
            self._database = self._open()
        except (OSError, sqlite3.OperationalError) as error:
            self._database, self.is_kept = self._copy_in_memory(), False
            self.notice = str(_say_not_kept(self.path, error))

    @classmethod
    def copy_of(cls, path: Path) -> Progress:
        """Return a copy, in memory, of a record that somebody has handed in.

        Raises
        ------
        sqlite3.Error
            It is none, or not one that we could have written.
        """
        copy = cls.__new__(cls)
        copy._root, copy.path, copy.notice, copy.is_kept = path.parent, path, "", False
        copy._database = _in_memory(path)
        return copy

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
            rows = self.read("SELECT DISTINCT exercise FROM grades WHERE checks = ''")
            for exercise in checks.keys() & {name for (name,) in rows}:
                database.execute(
                    "UPDATE grades SET checks = ? WHERE exercise = ? AND checks = ''",
                    (checks[exercise], exercise),
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
            shown = min(before + 1, MAX_SHOWN)
            database.execute("INSERT OR REPLACE INTO hints VALUES (?, ?)", (exercise, shown))
        return before

    def quiz_standings(self) -> Mapping[str, QuizStanding]:
        """Return how every quiz stands that was taken to its end."""
        taken = "FROM sittings WHERE score IS NOT NULL AND is_whole"
        # Beside a MAX, SQLite gives the other columns of its row.
        rows = self.read(f"SELECT quiz, score, max_score, MAX(id) {taken} GROUP BY quiz")
        # What was reached of more or of less was of another version of the quiz.
        alike = self.read(f"SELECT quiz, max_score, MAX(score) {taken} GROUP BY quiz, max_score")
        best = {(quiz, most): score for quiz, most, score in alike}
        return {quiz: QuizStanding(best[quiz, most], last, most) for quiz, last, most, _ in rows}

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
        if self.path.exists() and not self.path.is_file():
            raise OSError(errno.EINVAL, "it is not a regular file")

    def _copy_in_memory(self) -> sqlite3.Connection:
        """Return what the file holds, as far as it can be read, to go on with for now."""
        with contextlib.suppress(OSError, sqlite3.Error):  # there may be none to go on from
            if self.path.is_file() and self.path.stat().st_size <= MAX_BYTES:
                return _in_memory(self.path)
        return made_ready(in_memory())

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            now = time.strftime("%Y%m%d-%H%M%S")
            aside = unused(self.path.with_name(f"progress-damaged-{now}.db"))
            self._put_aside(aside)
            self.notice = (
                f"The progress file was damaged. It is kept as {FOLDER}/{aside.name}, and a new one"
                " was begun: your exercises are untouched, grade them again to count them."
            )
            return self._connect()

    def _put_aside(self, aside: Path) -> None:
        """Move the file away, with what SQLite has beside it: the next one has no part in that."""
        for end in ("", *BESIDE):
            with contextlib.suppress(FileNotFoundError):
                os.replace(f"{self.path}{end}", f"{aside}{end}")

    def _connect(self) -> sqlite3.Connection:
        require_own_journal(self.path, MAX_BYTES)
        if self.path.exists() and self.path.stat().st_size > MAX_BYTES:
            raise DamagedError("it is larger than any of ours")
        # Waiting up to 10 s for another command's transaction is what makes two of them safe.
        database = made_ready(sqlite3.connect(self.path, timeout=10.0, isolation_level=None))
        ((page,),) = database.execute("PRAGMA page_size").fetchall()
        database.execute(f"PRAGMA max_page_count = {MAX_BYTES // page}")  # what is full is no less
        return database

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the database; all that is done with it within is saved, or nothing of it."""
        guard(self._database)
        try:
            with transaction(self._database):
                yield self._database
        except sqlite3.OperationalError as error:
            if _lost_a_table(error):
                raise _say_damaged(self.path, error) from error
            if getattr(error, "sqlite_errorname", "") == "SQLITE_ERROR":  # a statement of ours
                raise
            raise _say_not_kept(self.path, error) from error
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise _say_damaged(self.path, error) from error

    def write(self, statement: str, *values: str | float | None) -> None:
        """Run one SQL statement that changes something."""
        with self.transaction() as database:
            database.execute(statement, values)

    def read(self, statement: str, *values: str | float) -> list[Any]:
        """Return the rows that an SQL statement selects."""
        guard(self._database)
        try:
            return self._database.execute(statement, values).fetchall()
        except sqlite3.OperationalError as error:
            if _lost_a_table(error):
                raise _say_damaged(self.path, error) from error
            raise
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise _say_damaged(self.path, error) from error


def _lost_a_table(error: sqlite3.OperationalError) -> bool:
    """Tell whether the file was emptied since it was opened: all tables were there then."""
    return str(error).startswith("no such table")


def _in_memory(path: Path) -> sqlite3.Connection:
    """Return a copy of a record; what SQLite has beside it is not looked at: it may be a pipe."""
    database = in_memory()
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as saved:
        saved.backup(database)
    return made_ready(database)


def _say_damaged(path: Path, error: Exception) -> UsageError:
    return UsageError(
        f"the progress file is damaged: {error}",
        where=str(path),
        next="Move it away: a new one is begun then. Your exercises are untouched.",
    )


def _say_not_kept(path: Path, error: Exception) -> UsageError:
    reason = getattr(error, "strerror", None) or str(error)
    return UsageError(
        f"progress cannot be kept: {reason}",
        where=str(path),
        next="All else works. To keep it, make the folder writable, or copy the course elsewhere.",
    )
