"""Checks as pytest's own items, in a pytest of its own; and nothing of it where no course is."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.release import release
from grader.course.course import Course
from grader.records import Report
from tests.conftest import ROOT

# Wrong in one way, and it would fail where pytest itself imported it.
IGNORES_TIMES = """
import sys
assert "pytest" not in sys.modules

def double(x, times=2):
    if times < 0:
        raise ValueError("negative")
    print("doubling")
    return x + x
"""
AT_FAULT = """
import grader.grading.grade
from grader.records import Diagnosis, Outcome, Report

why = (Diagnosis("blame", "The machine is out of order."),)
grader.grading.grade.grade = lambda *_, **__: Report("double", "", Outcome.GRADER_ERROR, (), why)
"""
ELSEWHERE = """
import sys

def test_nothing_is_loaded():
    loaded = {name for name in sys.modules if name.startswith(("numpy", "grader"))}
    assert loaded <= {"grader", "grader.terminal", "grader.terminal.pytest_plugin"}
"""


def run_pytest(*arguments: str) -> tuple[int, str]:
    """Run pytest in the current folder; return its exit code and what it printed."""
    without = ["-p", "no:cacheprovider", "-p", "no:hypothesispytest"]  # slow to start, not needed
    command = [sys.executable, "-m", "pytest", *without, "-rA", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True)
    return ended.returncode, ended.stdout + ended.stderr


def test_checks_end_as_in_the_report(tiny: Course, graded: Callable[..., Report]) -> None:
    """Names, verdicts and diagnosis are those of a grade, made outside of pytest's process."""
    report = graded(IGNORES_TIMES)
    code, printed = run_pytest("exercises/numbers/double.py", "--grader-seed", "1")
    assert code == 1
    ended = re.findall(
        r"^(PASSED|FAILED) exercises/numbers/double.py::double::(\w+)", printed, re.M
    )
    assert set(ended) == {("PASSED" if c.passed else "FAILED", c.name) for c in report.checks}
    assert "You always double." in printed
    assert "\n  doubling" in printed
    assert "\ndoubling" not in printed  # where a verdict begins
    assert "Same inputs again: --grader-seed 1" in printed


@pytest.mark.parametrize("seed", ["-5", "5000000000", "one"])
def test_a_seed_that_is_none_is_refused(tiny: Course, seed: str) -> None:
    """That is said before anything is graded."""
    code, printed = run_pytest("exercises/numbers/double.py", "--grader-seed", seed)
    assert code == pytest.ExitCode.USAGE_ERROR
    assert "--grader-seed: a seed is a whole number from 0 to 4294967295" in printed


def test_what_was_not_judged_is_no_pass(tiny: Course) -> None:
    """A file that does not compile fails every check; one that is still a stub is skipped."""
    tiny.exercise_path("double").write_text("def double(x:\n")
    code, printed = run_pytest("exercises")
    assert code == 1
    assert "7 failed, 4 skipped" in printed
    assert "SyntaxError" in printed
    assert "not attempted yet" in printed


def test_every_kind_of_course_is_known(tiny: Course) -> None:
    """A course that was released, and one whose definitions came with the grader, work as well."""
    release(tiny, tiny.root / "released", range(1))
    borrowing = tiny.root / "borrowing"
    (borrowing / "exercises/attention").mkdir(parents=True)
    (borrowing / "exercises/attention/softmax.py").touch()
    contents = (ROOT / "course.yaml").read_text("utf-8")
    (borrowing / "course.yaml").write_text(f"definitions: bundled\n{contents}", "utf-8")
    code, printed = run_pytest("released/exercises/numbers/double.py", "borrowing/exercises")
    assert code == 0
    assert "released/exercises/numbers/double.py" in printed
    assert re.search(r"\b29 skipped", printed), printed


def test_one_check_can_be_asked_for(tiny: Course) -> None:
    """A node id leads to one check."""
    tiny.exercise_path("double").write_text(IGNORES_TIMES)
    code, printed = run_pytest("exercises/numbers/double.py::double::two_numbers")
    assert code == 0
    assert "1 passed" in printed


def test_a_fault_of_the_grader_is_an_error(tiny: Course) -> None:
    """It is told apart from a wrong answer."""
    (tiny.root / "conftest.py").write_text(AT_FAULT)
    code, printed = run_pytest("exercises/numbers/double.py", "-k", "two_numbers")
    assert code == 1
    assert "1 error" in printed
    assert "The machine is out of order." in printed


def test_other_projects_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no course of ours is, pytest collects as ever, and nothing is loaded or written."""
    monkeypatch.chdir(tmp_path)
    for folder in ("plain/exercises/week1", "courses/exercises/week1", "courses/solutions/week1"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "test_it.py").write_text(ELSEWHERE)
    (tmp_path / "courses/course.yaml").write_text("weeks: 12")
    files = ("plain/exercises/week1/test_it.py", "courses/exercises/week1/test_it.py")
    code, printed = run_pytest("--import-mode=importlib", *files)
    assert code == 0, printed
    assert "2 passed" in printed
    assert not list(tmp_path.rglob(".grader"))
