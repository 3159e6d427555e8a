"""The learner's record: it remembers, survives damage, and shares."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.course import Course
from grader.errors import UsageError
from grader.progress import FOLDER, Progress, first_open, whats_next
from grader.records import CaseResult, Outcome, Report


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
    """Each call says how many were shown before."""
    with Progress(tmp_path) as progress:
        assert [progress.take_hint("double") for _ in range(3)] == [0, 1, 2]


def test_a_quiz_that_was_left_can_be_gone_on_with(tmp_path: Path) -> None:
    """Answers are kept the moment they are given; a finished quiz is not open any more."""
    with Progress(tmp_path) as progress:
        sitting = progress.begin_sitting("sums", 7)
        progress.keep_answer(sitting, "one", "two")
        progress.keep_answer(sitting, "two", None)
    with Progress(tmp_path) as progress:
        left = progress.open_sitting("sums")
        assert left is not None
        assert (left.seed, left.chosen) == (7, {"one": "two", "two": None})
        progress.finish_sitting(left, 1, 2)
        assert progress.open_sitting("sums") is None


def test_best_and_last_score_are_kept(tmp_path: Path) -> None:
    """A worse go does not take the best one away."""
    with Progress(tmp_path) as progress:
        for score in (1, 2, 0):
            progress.finish_sitting(progress.begin_sitting("sums", 1), score, 2)
        standing = progress.quiz_standings()["sums"]
        assert (standing.best, standing.last, standing.max_score) == (2, 0, 2)


def test_a_new_go_drops_the_one_left_open(tmp_path: Path) -> None:
    """Only one go at a quiz is open at a time."""
    with Progress(tmp_path) as progress:
        progress.keep_answer(progress.begin_sitting("sums", 1), "one", "two")
        progress.begin_sitting("sums", 2)
        left = progress.open_sitting("sums")
        assert left is not None
        assert (left.seed, left.chosen) == (2, {})


def test_a_damaged_file_is_put_aside(tmp_path: Path) -> None:
    """What cannot be read is kept, a new record is begun, and both are said."""
    path = tmp_path / FOLDER / "progress.db"
    path.parent.mkdir()
    path.write_bytes(b"this is not a database, and never was one" * 100)
    with Progress(tmp_path) as progress:
        assert "damaged" in progress.notice
        progress.record(report("double", 3.0, Outcome.PASSED))
    (kept,) = path.parent.glob("progress-damaged-*.db")
    assert kept.read_bytes().startswith(b"this is not a database")


def test_a_place_that_cannot_be_written_is_a_message(tmp_path: Path) -> None:
    """A file where the folder belongs is told with its path."""
    (tmp_path / FOLDER).write_text("")
    with pytest.raises(UsageError, match="progress cannot be kept"):
        Progress(tmp_path)


def test_two_commands_at_once_lose_nothing(tmp_path: Path) -> None:
    """Several processes write at the same time, and every record is there."""
    source = f"""
from pathlib import Path
from grader.progress import Progress
for _ in range(20):
    with Progress(Path({str(tmp_path)!r})) as progress:
        progress.take_hint("double")
"""
    running = [subprocess.Popen([sys.executable, "-c", source]) for _ in range(4)]
    assert [process.wait() for process in running] == [0] * 4
    with Progress(tmp_path) as progress:
        assert progress.take_hint("double") == 80


def test_what_comes_next(tiny: Course) -> None:
    """Exercises in order, then the unit's quiz, then nothing."""
    with Progress(tiny.root) as progress:
        assert whats_next(tiny, progress) == ("exercise", "double")
        progress.record(report("double", 3.0, Outcome.PASSED))
        assert whats_next(tiny, progress) == ("exercise", "quadruple")
        progress.record(report("quadruple", 3.0, Outcome.PASSED))
        assert whats_next(tiny, progress) == ("quiz", "sums")
        assert first_open(tiny, progress) is None
        progress.finish_sitting(progress.begin_sitting("sums", 1), 2, 2)
        assert whats_next(tiny, progress) is None
