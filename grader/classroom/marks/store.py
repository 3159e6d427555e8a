"""Writes what is known of a class, each fact in a transaction of its own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

from grader.classroom.hand_ins.record import Clues, HandIn, clues_of
from grader.classroom.hand_ins.times import utc
from grader.classroom.marks.amounts import require_few_marks
from grader.classroom.marks.appearances import Seen, write_appearance
from grader.classroom.marks.bodies import (
    failed_report,
    require_points,
    sound_answer,
    sound_report,
    why_not_kept,
)
from grader.classroom.marks.check import says_no_more, told_of, too_large
from grader.classroom.marks.people import Moved, write_owners, write_roster
from grader.classroom.marks.schema import damaged, open_database, transaction
from grader.classroom.packets import hash_of
from grader.classroom.people.matching import Match
from grader.classroom.people.roster import Person
from grader.course.database_check import DamagedError, guard
from grader.files import MAX_JSON
from grader.records import Outcome, Submission

_THE_SAME = (  # of these there is one at most
    "answer = ? AND seed = ? AND grader = ? AND versions = ? AND outcome != 'grader_error'"
)


class Terms(NamedTuple):
    """On what terms an exercise is taken; None is what was agreed before.

    `due` is a moment in UTC, `late` what is taken off, `grace` are seconds, `keep` is which attempt
    counts, "best" or "last".
    """

    due: str | None = None
    late: str | None = None
    grace: int | None = None
    keep: str | None = None


class File(NamedTuple):
    """A file of a hand-in: the answer in it, packed, and what decides that; or why it is none."""

    path: str
    exercise: str
    why: str = ""
    body: bytes = b""
    deciding: Sequence[str] = ()


class Graded(NamedTuple):
    """What came of grading one answer: `report` is the JSON of it, and the rest is in there too."""

    answer: str
    outcome: str
    points: float
    max_points: float
    seconds: float
    report: str


class Saved(NamedTuple):
    """A hand-in that came: whether it is new, and else what `Appeared` says of it."""

    is_new: bool
    is_back: bool
    keeps_its_time: bool


class Under(NamedTuple):
    """What an answer was graded under: the same gives the same report."""

    seed: int
    grader: str
    versions: str


class Store:
    """The marks in a folder. Use it with `with`."""

    def __init__(self, folder: Path, *, make: bool = False) -> None:
        self.folder = folder
        self.database = open_database(folder, make=make)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.database.close()

    def setting(self, name: str) -> str:
        """Return a setting, or nothing."""
        found = self.rows("SELECT value FROM settings WHERE name = ?", name)
        return str(found[0][0]) if found else ""

    def answer(self, hash: str) -> tuple[bytes, Submission]:
        """Return an answer as it was handed in, packed and not, whoever did."""
        body, exercise = self.body(hash)
        try:
            return body, sound_answer(body, exercise)
        except DamagedError as error:
            raise damaged(self.folder, error) from error

    def body(self, hash: str) -> tuple[bytes, str]:
        """Return an answer packed, and to which exercise or quiz."""
        ((body, exercise),) = self.rows("SELECT body, exercise FROM answers WHERE hash = ?", hash)
        if hash_of(body) != hash:
            changed = DamagedError("an answer is not the one that was handed in")
            raise damaged(self.folder, changed)
        return body, exercise

    def report(self, id: int) -> dict[str, Any]:
        """Return a report as its JSON holds it."""
        short = f"length(CAST(report AS BLOB)) <= {MAX_JSON}"
        ((report, exercise),) = self.rows(
            f"SELECT IIF({short}, report, ''), exercise FROM reports"
            " JOIN answers ON hash = answer WHERE id = ?",
            id,
        )
        try:
            return sound_report(report, exercise)
        except DamagedError as error:
            raise damaged(self.folder, error) from error

    def set(self, name: str, value: str) -> None:
        """Keep a setting."""
        self._write("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value)

    def assign(
        self, names: Sequence[str], order: Sequence[str], terms: Terms, *, alone: bool = False
    ) -> None:
        """Let exercises count, on terms; those that counted before still do, unless `alone`."""
        with transaction(self.database):
            if alone:  # of these, too, terms hold that were agreed before
                others = [(name,) for name in {*self.versions()} - {*names}]
                self.database.executemany("DELETE FROM exercises WHERE name = ?", others)
            for name in names:
                self.database.execute(
                    "INSERT INTO exercises VALUES (?, ?, '', 0, '', '', 0, 'best')"
                    " ON CONFLICT (name) DO UPDATE SET position = excluded.position",
                    (name, order.index(name)),
                )
                for column, value in terms._asdict().items():
                    if value is not None:
                        change = f"UPDATE exercises SET {column} = ? WHERE name = ?"
                        self.database.execute(change, (value, name))
            require_few_marks(self.database)

    def versions(self) -> dict[str, str]:
        """Return of which version the points are that each exercise is said to have."""
        return dict(self.rows("SELECT name, version FROM exercises ORDER BY position"))

    def set_points(self, name: str, version: str, max_points: float) -> None:
        """Write down how many points a version of an exercise has."""
        require_points(name, max_points)
        change = "UPDATE exercises SET version = ?, max_points = ? WHERE name = ?"
        self._write(change, version, max_points, name)

    def save_roster(self, people: Iterable[Person]) -> list[str]:
        """Write down who is in the class; who was on an older roster, and not on this, is not.

        Return whose marks by hand are nobody's on it, and why.
        """
        return write_roster(self.database, people)

    def roster(self) -> tuple[Person, ...]:
        """Return who is in the class, in the order of the roster."""
        found = self.rows(
            "SELECT student, clues FROM people WHERE position IS NOT NULL ORDER BY position"
        )
        return tuple(Person(student, clues_of(clues)) for student, clues in found)

    def save_hand_in(
        self, hand_in: HandIn, digest: str, source: str, form: str, seen: Seen | None = None
    ) -> Saved:
        """Write down a hand-in, and that it was `seen`; of one that is known, what is known better.

        Returns what became of it.
        """
        clues, when = told_of(hand_in)
        columns = "clues, submitted_at, is_late, late_seconds"
        known = self.rows(f"SELECT {columns} FROM hand_ins WHERE digest = ?", digest)
        if not known:
            self._write(
                f"INSERT INTO hand_ins (digest, source, place, form, {columns})"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                *(digest, source, hand_in.place, form, clues, *when),
            )
        elif known[0] != (clues, *when):
            before = known[0][0]  # has what a table said that is not named again
            self._write(
                "UPDATE hand_ins SET clues = ?, submitted_at = IIF(submitted_at = '', ?,"
                " submitted_at), is_late = COALESCE(is_late, ?),"
                " late_seconds = COALESCE(late_seconds, ?) WHERE digest = ?",
                *(before if says_no_more(clues, before) else clues, *when, digest),
            )
        seen = seen or Seen(source, hand_in.place)
        return Saved(not known, *write_appearance(self.database, digest, seen, when))

    def read_as(self, digest: str) -> str:
        """Return for which exercises the files of a hand-in were read, or nothing."""
        return str(self.rows("SELECT read_as FROM hand_ins WHERE digest = ?", digest)[0][0])

    def save_files(self, digest: str, files: Iterable[File], read_as: str) -> None:
        """Write down the files of a hand-in, in the place of what they were taken for before."""
        with transaction(self.database):
            ((id,),) = self.rows("SELECT id FROM hand_ins WHERE digest = ?", digest)
            self.database.execute("DELETE FROM files WHERE hand_in = ?", (id,))
            for file in files:
                self._add_file(id, file)
            self.database.execute("UPDATE hand_ins SET read_as = ? WHERE id = ?", (read_as, id))

    def _add_file(self, hand_in: int, file: File) -> None:
        why = file.why or too_large(file.body)
        hash = hash_of(file.body) if file.body and not why else None
        if hash:
            answer = hash, file.exercise, json.dumps(file.deciding), file.body
            self.database.execute("INSERT OR IGNORE INTO answers VALUES (?, ?, ?, ?)", answer)
        self.database.execute(
            "INSERT INTO files (hand_in, path, exercise, answer, why) VALUES (?, ?, ?, ?, ?)",
            (hand_in, file.path, file.exercise, hash, why),
        )

    def hand_ins(self) -> Iterator[tuple[int, str, tuple[Clues, ...]]]:
        """Yield every hand-in: its id, the download it came in, and whose it may be."""
        for id, source, clues in self.rows("SELECT id, source, clues FROM hand_ins ORDER BY id"):
            yield id, source, tuple(clues_of(json.dumps(each)) for each in json.loads(clues))

    def save_owners(self, matches: Mapping[int, Sequence[tuple[Clues, Match]]]) -> list[Moved]:
        """Write down whose the hand-ins are; return those that were somebody else's."""
        return write_owners(self.database, matches)

    def save_report(self, graded: Graded, under: Under) -> None:
        """Write down what came of grading an answer: from now on this counts.

        One that would not be read again is written as our failure.
        """
        query = "SELECT exercise FROM answers WHERE hash = ?"
        ((exercise,),) = self.rows(query, graded.answer)
        if why := why_not_kept(graded.points, graded.max_points, graded.report, exercise):
            graded = graded._replace(
                outcome=Outcome.GRADER_ERROR.value,
                points=0.0,
                max_points=0.0,
                report=failed_report(exercise, why),
            )
        self._write(
            "INSERT OR REPLACE INTO reports (answer, seed, grader, versions, outcome, points,"
            " max_points, seconds, graded_at, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(graded.answer, *under, graded.outcome, graded.points, graded.max_points),
            *(graded.seconds, now(), graded.report),
        )

    def holds(self, answer: str, under: Under) -> bool:
        """Tell whether there is a report, be it an older one, on an answer under the same."""
        return bool(self.rows(f"SELECT 1 FROM reports WHERE {_THE_SAME}", answer, *under))

    def count_again(self, answer: str, under: Under) -> bool:
        """Let an older report count again that holds; return whether there is one."""
        newest = "UPDATE reports SET id = (SELECT MAX(id) + 1 FROM reports)"
        with transaction(self.database):
            done = self.database.execute(f"{newest} WHERE {_THE_SAME}", (answer, *under))
        return done.rowcount > 0

    def mark_by_hand(self, person: int, exercise: str, points: float | None, comment: str) -> None:
        """Write down what an instructor gives, in the place of what they gave before."""
        row = (person, exercise, points, comment, now())
        self._write("INSERT OR REPLACE INTO by_hand VALUES (?, ?, ?, ?, ?)", *row)

    def unmark(self, person: int, exercise: str) -> None:
        """Take back what an instructor gave."""
        self._write("DELETE FROM by_hand WHERE person = ? AND exercise = ?", person, exercise)

    def rows(self, query: str, *values: object) -> list[Any]:
        """Return the rows that a query selects."""
        guard(self.database)
        try:
            return self.database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise damaged(self.folder, error) from error

    def _write(self, statement: str, *values: object) -> None:
        with transaction(self.database):
            self.database.execute(statement, values)


def now() -> str:
    """Return this moment as it is kept."""
    return utc(datetime.now(timezone.utc))
