"""The learner's progress: it remembers, survives damage, and shares."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course.key_form import MOST as MOST_OF_A_KEY
from grader.course.progress import FOLDER, Progress
from grader.course.progress_check import MAX_SHOWN
from grader.errors import UsageError
from grader.exercise.definition import MAX_POINTS
from grader.records import CaseResult, Outcome, Report

# A file as the first version wrote it: a quiz taken twice, and a third time left open.
BEFORE = """
CREATE TABLE hints (exercise TEXT PRIMARY KEY, shown INTEGER NOT NULL);
CREATE TABLE sittings (
    id INTEGER PRIMARY KEY, quiz TEXT NOT NULL, seed INTEGER NOT NULL, at REAL NOT NULL,
    score REAL, max_score REAL);
CREATE TABLE answers (
    sitting INTEGER NOT NULL REFERENCES sittings (id), question TEXT NOT NULL,
    chosen TEXT, at REAL NOT NULL, PRIMARY KEY (sitting, question));
INSERT INTO hints VALUES ('double', 3);
INSERT INTO sittings VALUES (1, 'sums', 1, 0, 2, 2), (2, 'sums', 1, 0, 1, 2);
INSERT INTO sittings VALUES (3, 'sums', 1, 0, NULL, NULL);
INSERT INTO answers VALUES (3, 'one-and-one', 'two', 0);
"""


def report(exercise: str, points: float, outcome: Outcome = Outcome.FAILED) -> Report:
    """Return the report of a grade with that many of 3 points."""
    check = Outcome.PASSED if outcome is Outcome.PASSED else Outcome.FAILED
    checks = (CaseResult("case", "f", check, points, 3.0),)
    return Report(exercise, "path", outcome, checks)


def test_the_best_grade_counts(tmp_path: Path) -> None:
    """Once passed is passed, whatever is tried later."""
    with Progress(tmp_path) as progress:
        progress.record(report("double", 1.0))
        assert not progress.has_passed("double")
        progress.record(report("double", 3.0, Outcome.PASSED))
        progress.record(report("double", 0.0))
    with Progress(tmp_path) as progress:
        standing = progress.standings()["double"]
        assert (standing.passed, standing.points, standing.max_points) == (True, 3.0, 3.0)


def test_an_untouched_stub_is_not_a_try(tmp_path: Path) -> None:
    """Grading what is not written, or what we failed at, leaves no mark."""
    with Progress(tmp_path) as progress:
        progress.record(report("double", 0.0, Outcome.NOT_ATTEMPTED))
        progress.record(report("double", 0.0, Outcome.GRADER_ERROR))
        assert progress.standings() == {}


def test_hints_are_counted(tmp_path: Path) -> None:
    """Each call returns how many there were before."""
    with Progress(tmp_path) as progress:
        assert [progress.take_hint("double") for _ in range(3)] == [0, 1, 2]
        with progress.transaction() as database:
            database.execute(f"INSERT INTO hints VALUES ('half', {MAX_SHOWN})")
        assert [progress.take_hint("half") for _ in range(2)] == [MAX_SHOWN] * 2


def test_the_first_pass_is_remembered(tmp_path: Path) -> None:
    """When an exercise was passed does not change when it is passed again."""
    with Progress(tmp_path) as progress:
        progress.record(report("double", 1.0))
        assert progress.first_passes() == {}
        progress.record(report("double", 3.0, Outcome.PASSED))
        first = progress.first_passes()
        progress.record(report("double", 3.0, Outcome.PASSED))
        assert progress.first_passes() == first


def test_a_record_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """Scores, grades and hints of before are there, and quizzes can be taken as ever."""
    path = tmp_path / FOLDER / "progress.db"
    path.parent.mkdir()
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.executescript(BEFORE)
    with Progress(tmp_path) as progress:
        assert progress.quiz_standings() == {"sums": (2.0, 1.0, 2.0)}
        assert progress.take_hint("double") == 3
        assert progress.read("SELECT COUNT(*) FROM replies") == [(0,)]


def test_a_damaged_file_is_put_aside(tmp_path: Path) -> None:
    """What cannot be read is put aside, a new record is begun, and a notice says both."""
    path = tmp_path / FOLDER / "progress.db"
    path.parent.mkdir()
    path.write_bytes(b"this is not a database, and never was one" * 100)
    with Progress(tmp_path) as progress:
        assert "damaged" in progress.notice
        progress.record(report("double", 3.0, Outcome.PASSED))
    (aside,) = path.parent.glob("progress-damaged-*.db")
    assert aside.read_bytes().startswith(b"this is not a database")


def test_what_a_key_is_worth_at_most_can_be_recorded(tmp_path: Path) -> None:
    """A record that we have written is never refused as damaged, whatever a release says."""
    case = CaseResult("case", "f", Outcome.PASSED, MAX_POINTS, MAX_POINTS)
    most = Report("double", "path", Outcome.PASSED, (case,) * MOST_OF_A_KEY["cases"])
    checks = {"double": "x" * 450_000, "halve": "x" * 16}
    (tmp_path / "release.json").write_text(json.dumps({"version": "1", "checks": checks}))
    with Progress(tmp_path) as progress:
        progress.record(most)
        progress.record(replace(most, exercise="halve"))
    with Progress(tmp_path) as progress:
        assert not progress.notice
        assert progress.standings()["double"].points == most.points
        assert progress.checks_graded_by() == {"halve": "x" * 16}


def test_a_record_that_is_full_stays_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It grows to what is accepted when it is opened again, and no further."""
    monkeypatch.setattr("grader.course.progress.MAX_BYTES", 60_000)
    with Progress(tmp_path) as progress:
        progress.record(report("double", 3.0, Outcome.PASSED))
        with pytest.raises(UsageError, match="progress cannot be kept: .*full"):
            for number in range(20):
                progress.record(report(f"{number}" * 3000, 1.0))
    with Progress(tmp_path) as progress:
        assert not progress.notice and progress.has_passed("double")
        assert progress.path.stat().st_size <= 60_000


def test_no_damaged_file_takes_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several commands may find one in the same second."""
    monkeypatch.setattr(time, "strftime", lambda _: "now")
    path = tmp_path / FOLDER / "progress.db"
    path.parent.mkdir()
    for body in (b"the first", b"the second", b"the third"):
        path.write_bytes(body * 1000)
        with Progress(tmp_path) as progress:
            assert "damaged" in progress.notice
    kept = path.parent.glob("progress-damaged-*.db")
    assert sorted(each.read_bytes()[4:6] for each in kept) == [b"fi", b"se", b"th"]


@pytest.mark.parametrize("statement", ["DROP TABLE hints", "DROP TABLE grades"])
def test_a_record_that_is_emptied_while_it_is_open_is_said_to_be_damaged(
    tmp_path: Path, statement: str
) -> None:
    """It is no fault of the grader's: what was there when it was opened is there no more."""
    with Progress(tmp_path) as progress:
        with contextlib.closing(sqlite3.connect(progress.path)) as other:
            other.executescript(statement)
        with pytest.raises(UsageError, match="the progress file is damaged: no such table"):
            progress.take_hint("double")
            progress.record(report("double", 1.0))
        with pytest.raises(UsageError, match="the progress file is damaged: no such table"):
            progress.read(f"SELECT * FROM {statement.split()[-1]}")


def test_the_best_of_a_quiz_is_of_what_it_has_now(tmp_path: Path) -> None:
    """What was reached of more questions, or of fewer, was of another version of it."""
    with Progress(tmp_path) as progress:
        for score, most in ((3, 4), (3, 3), (2, 3)):
            progress.write(
                "INSERT INTO sittings (quiz, is_whole, mode, seed, at, score, max_score)"
                " VALUES ('sums', 1, 'practice', 1, 0, ?, ?)",
                *(score, most),
            )
        assert progress.quiz_standings() == {"sums": (3.0, 2.0, 3.0)}


def test_a_number_that_was_set_back_does_no_harm(tmp_path: Path) -> None:
    """What an older grader says of the version is not what the tables are like."""
    with Progress(tmp_path) as progress:
        progress.take_hint("double")
        progress.read("PRAGMA user_version = 0")
    with Progress(tmp_path) as progress:
        assert not progress.notice
        assert progress.take_hint("double") == 1


def test_what_a_newer_grader_wrote_is_left_alone(tmp_path: Path) -> None:
    """It is no damage: whoever goes back to that one finds it as it was."""
    with Progress(tmp_path) as progress:
        progress.record(report("double", 3.0, Outcome.PASSED))
        progress.read("PRAGMA user_version = 99")
    before = progress.path.read_bytes()
    with Progress(tmp_path) as progress:
        assert "a newer grader wrote the file" in progress.notice
        progress.record(report("quadruple", 3.0, Outcome.PASSED))
    assert progress.path.read_bytes() == before


def test_a_place_that_cannot_be_written_is_a_notice(tmp_path: Path) -> None:
    """Where a file stands in the folder's place, all works for now, and the notice names it."""
    (tmp_path / FOLDER).write_text("")
    with Progress(tmp_path) as progress:
        assert "progress cannot be kept" in progress.notice
        assert str(tmp_path / FOLDER) in progress.notice
        assert [progress.take_hint("double") for _ in range(2)] == [0, 1]


def test_what_was_kept_is_known_where_nothing_more_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A read-only file is read, and left as it is."""
    with Progress(tmp_path) as progress:
        progress.record(report("double", 3.0, Outcome.PASSED))
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with Progress(tmp_path) as progress:
        assert "it is read-only" in progress.notice
        assert progress.has_passed("double")
        progress.record(report("quadruple", 3.0, Outcome.PASSED))
        assert progress.has_passed("quadruple")
    monkeypatch.undo()
    with Progress(tmp_path) as progress:
        assert not progress.notice
        assert not progress.has_passed("quadruple")


def test_a_place_that_is_closed_meanwhile_is_a_message(tmp_path: Path) -> None:
    """A change that cannot be saved is an error that names the file and what to do."""
    with Progress(tmp_path) as progress, pytest.raises(UsageError, match="cannot be kept"):
        progress.read("PRAGMA query_only = 1")
        progress.record(report("double", 3.0, Outcome.PASSED))


def test_two_commands_at_once_lose_nothing(tmp_path: Path) -> None:
    """Several processes write at the same time, and every record is there."""
    source = f"""
from pathlib import Path
from grader.course.progress import Progress
for _ in range(20):
    with Progress(Path({str(tmp_path)!r})) as progress:
        progress.take_hint("double")
"""
    running = [subprocess.Popen([sys.executable, "-c", source]) for _ in range(4)]
    assert [process.wait() for process in running] == [0] * 4
    with Progress(tmp_path) as progress:
        assert progress.take_hint("double") == 80


def test_a_quiz_that_was_not_finished_is_begun(tmp_path: Path) -> None:
    """Each question of it counts once, however often it was answered."""
    sitting = "INSERT OR IGNORE INTO sittings (id, quiz, seed, at) VALUES (?, 'q', 1, 0)"
    reply = "INSERT INTO replies VALUES (NULL, ?, ?, '', '', '', NULL, 0)"
    with Progress(tmp_path) as progress:
        for number, question in ((1, "a"), (1, "b"), (2, "a")):
            progress.write(sitting, number)
            progress.write(reply, number, question)
        assert progress.quizzes_begun() == {"q": 2}


def test_an_older_grader_in_between_does_no_harm(tmp_path: Path) -> None:
    """It sets back the number of what was added, and adds nothing a second time."""
    with Progress(tmp_path) as progress:
        progress.record(report("double", 3.0, Outcome.PASSED))
    with contextlib.closing(sqlite3.connect(tmp_path / FOLDER / "progress.db")) as database:
        database.execute("PRAGMA user_version = 1")
    with Progress(tmp_path) as progress:
        assert progress.has_passed("double") and progress.is_kept
