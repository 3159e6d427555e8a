"""The learner's record: one SQLite file in the course's folder, safe for two commands at once.

It remembers; it decides nothing. Losing it loses no work, so a damaged file is put aside and a new
one begun.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from grader.course import Course
from grader.errors import UsageError
from grader.records import Outcome, Report

FOLDER = ".grader"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS grades (
    id INTEGER PRIMARY KEY, exercise TEXT NOT NULL, outcome TEXT NOT NULL,
    points REAL NOT NULL, max_points REAL NOT NULL, seed INTEGER NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS hints (exercise TEXT PRIMARY KEY, shown INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sittings (
    id INTEGER PRIMARY KEY, quiz TEXT NOT NULL, seed INTEGER NOT NULL, at REAL NOT NULL,
    score REAL, max_score REAL);
CREATE TABLE IF NOT EXISTS answers (
    sitting INTEGER NOT NULL REFERENCES sittings (id), question TEXT NOT NULL,
    chosen TEXT, at REAL NOT NULL, PRIMARY KEY (sitting, question));
"""


class Standing(NamedTuple):
    """How an exercise stands: passed once or only tried, with the best points so far."""

    passed: bool
    points: float
    max_points: float


class Sitting(NamedTuple):
    """One go at a quiz; `chosen` maps a question to the choice's text, None where skipped."""

    id: int
    quiz: str
    seed: int
    chosen: dict[str, str | None]


class QuizStanding(NamedTuple):
    """The best and the last score of a quiz, and how many points there were."""

    best: float
    last: float
    max_score: float


class Progress:
    """The record of one course. Use it with `with`; every method is one transaction."""

    def __init__(self, root: Path) -> None:
        self.path = root / FOLDER / "progress.db"
        self.notice = ""
        try:
            self.path.parent.mkdir(exist_ok=True)
            self._database = self._open()
        except (OSError, sqlite3.OperationalError) as error:
            raise UsageError(
                f"progress cannot be kept: {error}",
                where=str(self.path),
                next="Make the course's folder writable, or copy the course to one that is.",
            ) from error

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def record(self, report: Report) -> None:
        """Keep the outcome of a grade."""
        values = (report.exercise, report.outcome.value, report.points, report.max_points)
        self._write(
            "INSERT INTO grades (exercise, outcome, points, max_points, seed, at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            *values,
            report.seed,
            time.time(),
        )

    def standings(self) -> Mapping[str, Standing]:
        """Return how every exercise stands that was attempted at all."""
        rows = self._read(
            "SELECT exercise, MAX(outcome = ?), MAX(points), MAX(max_points) FROM grades"
            " WHERE outcome NOT IN (?, ?) GROUP BY exercise",
            Outcome.PASSED.value,
            Outcome.NOT_ATTEMPTED.value,
            Outcome.GRADER_ERROR.value,
        )
        return {name: Standing(bool(passed), best, most) for name, passed, best, most in rows}

    def has_passed(self, exercise: str) -> bool:
        """Tell whether an exercise was ever passed."""
        standing = self.standings().get(exercise)
        return bool(standing and standing.passed)

    def take_hint(self, exercise: str) -> int:
        """Return how many hints of an exercise were shown before, and count one more."""
        with self._transaction():
            rows = self._read("SELECT shown FROM hints WHERE exercise = ?", exercise)
            shown = rows[0][0] if rows else 0
            self._database.execute(
                "INSERT OR REPLACE INTO hints VALUES (?, ?)", (exercise, shown + 1)
            )
        return int(shown)

    def open_sitting(self, quiz: str) -> Sitting | None:
        """Return the go at a quiz that was left before its end, if there is one."""
        rows = self._read(
            "SELECT id, seed FROM sittings WHERE quiz = ? AND score IS NULL ORDER BY id DESC", quiz
        )
        if not rows:
            return None
        number, seed = rows[0]
        given = self._read("SELECT question, chosen FROM answers WHERE sitting = ?", number)
        return Sitting(number, quiz, seed, dict(given))

    def begin_sitting(self, quiz: str, seed: int) -> Sitting:
        """Begin a new go at a quiz; one that was left open is dropped."""
        with self._transaction():
            self._database.execute(
                "DELETE FROM answers WHERE sitting IN"
                " (SELECT id FROM sittings WHERE quiz = ? AND score IS NULL)",
                (quiz,),
            )
            self._database.execute("DELETE FROM sittings WHERE quiz = ? AND score IS NULL", (quiz,))
            cursor = self._database.execute(
                "INSERT INTO sittings (quiz, seed, at) VALUES (?, ?, ?)", (quiz, seed, time.time())
            )
        return Sitting(int(cursor.lastrowid or 0), quiz, seed, {})

    def keep_answer(self, sitting: Sitting, question: str, chosen: str | None) -> None:
        """Keep an answer the moment it is given."""
        self._write(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)",
            sitting.id,
            question,
            chosen,
            time.time(),
        )

    def finish_sitting(self, sitting: Sitting, score: float, max_score: float) -> None:
        """Close a go at a quiz with its score."""
        self._write(
            "UPDATE sittings SET score = ?, max_score = ? WHERE id = ?",
            score,
            max_score,
            sitting.id,
        )

    def quiz_standings(self) -> Mapping[str, QuizStanding]:
        """Return how every quiz stands that was taken to its end."""
        rows = self._read(
            "SELECT quiz, MAX(score), (SELECT score FROM sittings AS later"
            "   WHERE later.quiz = sittings.quiz AND score IS NOT NULL ORDER BY id DESC LIMIT 1),"
            " MAX(max_score) FROM sittings WHERE score IS NOT NULL GROUP BY quiz"
        )
        return {quiz: QuizStanding(*scores) for quiz, *scores in rows}

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            kept = self.path.with_name(f"progress-damaged-{time.strftime('%Y%m%d-%H%M%S')}.db")
            os.replace(self.path, kept)
            self.notice = (
                f"The progress file was damaged. It is kept as {FOLDER}/{kept.name}, and a new one"
                " was begun: your exercises are untouched, grade them again to count them."
            )
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        # Waiting up to 10 s for another command's transaction is what makes two of them safe.
        database = sqlite3.connect(self.path, timeout=10.0, isolation_level=None)
        try:
            database.executescript(_SCHEMA)
            database.execute("SELECT COUNT(*) FROM grades").fetchone()
        except sqlite3.Error:
            database.close()
            raise
        return database

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def _write(self, statement: str, *values: str | float | None) -> None:
        with self._transaction():
            self._database.execute(statement, values)

    def _read(self, statement: str, *values: str | float) -> list[Any]:
        return self._database.execute(statement, values).fetchall()


def whats_next(course: Course, progress: Progress) -> tuple[str, str] | None:
    """Return what to do next: ("exercise" or "quiz", its name), or None when all is done.

    A unit's quizzes come after its exercises.
    """
    standings, quizzes = progress.standings(), progress.quiz_standings()
    for unit in course.units:
        for name in unit.exercises:
            if not _is_passed(name, standings):
                return "exercise", name
        for name in unit.quizzes:
            if name not in quizzes:
                return "quiz", name
    return None


def first_open(course: Course, progress: Progress | None) -> str | None:
    """Return the first exercise that is not passed yet, or None when all are."""
    standings = progress.standings() if progress else {}
    return next((name for name in course.exercises if not _is_passed(name, standings)), None)


def _is_passed(name: str, standings: Mapping[str, Standing]) -> bool:
    return name in standings and standings[name].passed
