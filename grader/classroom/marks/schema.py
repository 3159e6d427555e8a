"""The tables of `marks.db`, the one file that a class's marks are in.

settings(name, value)
    `seed`: the inputs of everybody are drawn from it. `seconds`: what an exercise may take.
    `exercises were named`: `yes` where not all count only because none was named. `exercises in
    order`: those of the course by which every `deciding` was said. `hand-ins are being read`:
    where those are that a run reads, or that one which stopped has not read to their end.
exercises(name, position, version, max_points, due, late, grace, keep)
    Those that count, in the order of the course. `max_points` are those of `version`. `due` is a
    moment in UTC or empty, `late` what is taken off (`10%/day`) or empty, `grace` are seconds,
    `keep` is `best` or `last`.
quizzes(name, position, version, max_points, due, late, grace, keep, path, draws)
    The same for quizzes. A `name` begins with `quiz:`, in every table, so it is no exercise's.
    `path` is the file of one that is not the course's, else empty. `draws` is `id` where values
    are drawn from what somebody is called, `first` where everybody has the first ones.
people(id, student, position, clues)
    `student` is what the class calls somebody: the first column of the roster. `position` is their
    place on it; NULL for whoever handed in and is not on it. `clues` is JSON, `[[kind, value], …]`
    (the kinds are those of `hand_ins.record.Clue`, and `section`).
hand_ins(id, digest, source, place, form, clues, submitted_at, is_late, late_seconds, unmatched,
         read_as)
    What came from one person, or a few, at one time: in the download `source` at `place`. `digest`
    is a hash of all of it, so the same hand-in of two downloads is one. `clues` is a list of clues
    for each who handed it in. Times are those when it came first, and empty, or NULL, where nobody
    knows. `unmatched` says why it is nobody's on the roster, `read_as` for which exercises its
    files were read, or, where it begins with `quiz`, for which quizzes.
appearances(id, hand_in, source, place, submitted_at, is_late, late_seconds)
    Each time that a hand-in came, the first included, in the order in which they were read: what
    was handed in before may be again, after something else. `place` is its own in that download.
read_in(download, hand_in)
    Which hand-ins lay in one download, by a number of ours: two of a name are two downloads.
owners(hand_in, person)
    Whose a hand-in is: several people's, where a group shares it.
files(id, hand_in, path, exercise, answer, why)
    What became of each file. With an `answer` it is the one for `exercise`; without, `why` says
    what kept it from being one (`exercise` is then what its name says, or empty).
answers(hash, exercise, deciding, body)
    Each answer once, whoever handed it in: `body` is what `classroom.packets` writes, `deciding`
    the exercises whose versions decide what it gets, as JSON.
reports(id, answer, seed, grader, versions, outcome, points, max_points, seconds, graded_at, report)
    Each grade of an answer; the one with the largest `id` counts. `versions` is JSON: the hash of
    its exercise, and of each that it may import. `report` is the JSON of the contract, one report.
    Of a quiz it is what `grader quiz --json` prints, and `seed` is that of the person who answered:
    the same answers of two people are marked for each.
drawn_for(person, student)
    What somebody was called on the first roster, where that is another one than now, or they are on
    none: from that the values of their quizzes are drawn.
by_hand(person, exercise, points, comment, marked_at)
    What an instructor gave instead. `points` is NULL where there is only a comment.
platform_people(id, platform, clues)
    A row of a table that `moodle` or `canvas` gave out: its own ids of somebody, to the letter.
platform_columns(heading, points)
    The assignments in Canvas's gradebook, with the points that it says they have.
made_of(version, files)
    The files that a version of an exercise is a hash of, each with its own hash, as JSON.

A row is written the moment it is known, each in a transaction of its own. Moments are in UTC, like
2026-05-05T19:15:33Z.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

from grader.classroom.marks.check import MAX_BESIDE, MAX_VALUE, require_sound
from grader.course.database_check import DamagedError, guard, require_own_journal
from grader.course.database_schema import made_in, require_schema, require_small_schema
from grader.errors import UsageError, in_one_line

NAME = "marks.db"
_APPLICATION = 0x67726D6B  # says in the file's head that it is ours
_VERSION = 4
# What SQLite, or the system, says where there is no room, no right, or somebody else is at it.
_FOR_NOW = (
    *("disk I/O error", "is full", "unable to open", "readonly database", "is locked"),
    *(os.strerror(each) for each in (errno.ENOSPC, errno.EROFS, errno.EACCES)),
)
_SCHEMA = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE exercises (
    name TEXT PRIMARY KEY, position INTEGER NOT NULL, version TEXT NOT NULL,
    max_points REAL NOT NULL, due TEXT NOT NULL, late TEXT NOT NULL, grace INTEGER NOT NULL,
    keep TEXT NOT NULL);
CREATE TABLE people (
    id INTEGER PRIMARY KEY, student TEXT NOT NULL UNIQUE, position INTEGER, clues TEXT NOT NULL);
CREATE TABLE hand_ins (
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, source TEXT NOT NULL, place TEXT NOT NULL,
    form TEXT NOT NULL, clues TEXT NOT NULL, submitted_at TEXT NOT NULL, is_late INTEGER,
    late_seconds INTEGER, unmatched TEXT NOT NULL DEFAULT '', read_as TEXT NOT NULL DEFAULT '');
CREATE TABLE owners (
    hand_in INTEGER NOT NULL REFERENCES hand_ins (id),
    person INTEGER NOT NULL REFERENCES people (id),
    PRIMARY KEY (hand_in, person));
CREATE INDEX owned ON owners (person);
CREATE TABLE files (
    id INTEGER PRIMARY KEY, hand_in INTEGER NOT NULL REFERENCES hand_ins (id), path TEXT NOT NULL,
    exercise TEXT NOT NULL, answer TEXT REFERENCES answers (hash), why TEXT NOT NULL);
CREATE INDEX handed_in ON files (hand_in);
CREATE TABLE answers (hash TEXT PRIMARY KEY, exercise TEXT NOT NULL, deciding TEXT NOT NULL,
    body BLOB NOT NULL);
CREATE INDEX answering ON answers (exercise);
CREATE TABLE reports (
    id INTEGER PRIMARY KEY, answer TEXT NOT NULL REFERENCES answers (hash), seed INTEGER NOT NULL,
    grader TEXT NOT NULL, versions TEXT NOT NULL, outcome TEXT NOT NULL, points REAL NOT NULL,
    max_points REAL NOT NULL, seconds REAL NOT NULL, graded_at TEXT NOT NULL, report TEXT NOT NULL,
    UNIQUE (answer, seed, grader, versions));
CREATE TABLE by_hand (
    person INTEGER NOT NULL REFERENCES people (id), exercise TEXT NOT NULL, points REAL,
    comment TEXT NOT NULL, marked_at TEXT NOT NULL, PRIMARY KEY (person, exercise));
"""
# What each version added; the file's user_version says how many of these it has, and one more.
_UPGRADES = (
    """
CREATE TABLE quizzes (
    name TEXT PRIMARY KEY, position INTEGER NOT NULL, version TEXT NOT NULL,
    max_points REAL NOT NULL, due TEXT NOT NULL, late TEXT NOT NULL, grace INTEGER NOT NULL,
    keep TEXT NOT NULL, path TEXT NOT NULL, draws TEXT NOT NULL);
CREATE INDEX placed ON hand_ins (source, place);
""",
    """
CREATE TABLE platform_people (id INTEGER PRIMARY KEY, platform TEXT NOT NULL, clues TEXT NOT NULL);
CREATE TABLE platform_columns (heading TEXT PRIMARY KEY, points TEXT NOT NULL);
CREATE TABLE made_of (version TEXT PRIMARY KEY, files TEXT NOT NULL);
""",
    """
CREATE TABLE appearances (
    id INTEGER PRIMARY KEY, hand_in INTEGER NOT NULL REFERENCES hand_ins (id), source TEXT NOT NULL,
    place TEXT NOT NULL, submitted_at TEXT NOT NULL, is_late INTEGER, late_seconds INTEGER);
CREATE INDEX appeared ON appearances (source, place);
CREATE INDEX appearing ON appearances (hand_in);
INSERT INTO appearances (hand_in, source, place, submitted_at, is_late, late_seconds)
    SELECT id, source, place, submitted_at, is_late, late_seconds FROM hand_ins ORDER BY id;
CREATE TABLE read_in (
    download INTEGER NOT NULL, hand_in INTEGER NOT NULL REFERENCES hand_ins (id),
    PRIMARY KEY (download, hand_in));
INSERT INTO read_in
    SELECT (SELECT MIN(i.id) FROM hand_ins i WHERE i.source = h.source), h.id FROM hand_ins h;
CREATE TABLE drawn_for (person INTEGER PRIMARY KEY REFERENCES people (id), student TEXT NOT NULL);
""",
)


def open_database(folder: Path, *, make: bool = False) -> sqlite3.Connection:
    """Open the database of a folder of marks, for the owner alone; `make` it where there is none.

    Raises
    ------
    UsageError
        There is none, it is another program's or damaged, or it cannot be used.
    """
    path = folder / NAME
    shown = in_one_line(str(path))
    if not make and not os.path.lexists(path):
        raise UsageError(
            "there are no marks here",
            where=in_one_line(str(folder)),
            next="Grade a class first: grader class grade SUBMISSIONS -o " + str(folder),
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        if not any(folder.iterdir()):  # a course is often a repository; no names are to get there
            with os.fdopen(os.open(folder / ".gitignore", flags, 0o600), "w") as stream:
                stream.write("*\n")
        os.close(os.open(path, flags, 0o600))  # before SQLite makes it with another mode
        path.chmod(0o600)
        require_own_journal(path, MAX_BESIDE)
        database = sqlite3.connect(path, timeout=60.0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise _unusable(shown, getattr(error, "strerror", None) or str(error)) from error
    try:
        return _made_ready(database, shown)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        database.close()
        raise _unusable(shown, str(error)) from error
    except BaseException:
        database.close()
        raise


@contextlib.contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Save all that is done within, or nothing of it.

    Raises
    ------
    UsageError
        The disk is full, or the file cannot be written any more, or is damaged.
    """
    guard(database)
    try:
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise UsageError(
            f"the marks cannot be written: {error}",
            next="What was written before is kept. Make room, or the folder writable, and run the"
            " same command again: it goes on from there.",
        ) from error
    except UnicodeEncodeError as error:
        raise UsageError(
            f"a half of a character cannot be kept: {in_one_line(error.object)}",
            next="Write it in a terminal that writes UTF-8.",
        ) from error
    except sqlite3.DatabaseError as error:
        ((_, _, path),) = database.execute("PRAGMA database_list")
        raise _unusable(in_one_line(path), str(error)) from error


def damaged(folder: Path, error: Exception) -> UsageError:
    """Return what to say where the database cannot be read."""
    return _unusable(in_one_line(str(folder / NAME)), str(error))


def _made_ready(database: sqlite3.Connection, shown: str) -> sqlite3.Connection:
    require_small_schema(database, MAX_VALUE)
    database.execute("PRAGMA journal_mode = WAL")  # others may read while a class is graded
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA foreign_keys = ON")
    with transaction(database):
        (version,) = database.execute("PRAGMA user_version").fetchone()
        (whose,) = database.execute("PRAGMA application_id").fetchone()
        (tables,) = database.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        if tables and (whose != _APPLICATION or not 0 < version <= _VERSION):
            newer = "a newer grader has written it" if whose == _APPLICATION else "it is not ours"
            raise _unusable(shown, newer)
        if tables:
            _require_ours(database, version)
        missing = _UPGRADES[version - 1 :] if tables else (_SCHEMA, *_UPGRADES)
        for statement in ";".join(missing).split(";"):
            database.execute(statement)
        require_sound(database)
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        database.execute(f"PRAGMA user_version = {_VERSION}")
    return database


def _require_ours(database: sqlite3.Connection, version: int) -> None:
    """Raise `DamagedError` unless all tables of a version are there, and made as we make them."""
    with contextlib.closing(sqlite3.connect(":memory:")) as made:
        made.executescript(";".join((_SCHEMA, *_UPGRADES[: version - 1])))
        known = made_in(made)
    require_schema(database, known)
    if missing := known - made_in(database):
        raise DamagedError(f"it has no {min(str(made.name) for made in missing)}")


def _unusable(shown: str, reason: str) -> UsageError:
    """Return what to say where marks cannot be used: a full disk, say, is no damage."""
    if any(each in reason for each in _FOR_NOW):
        return UsageError(
            f"the marks cannot be read or written now: {reason}",
            where=shown,
            next="They are kept as they are. Make room on the disk, or the folder writable, and run"
            " the same command again.",
        )
    return UsageError(
        f"the marks cannot be used: {reason}",
        where=shown,
        next="Put back a copy of that file; or name another folder with -o, and grade them anew.",
    )
