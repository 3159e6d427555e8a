"""A mistake that does not end, or needs too much, is found by `prove` and costs nobody a grade."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring import bounded
from grader.course.course import Course
from grader.records import Outcome, Report
from tests.conftest import Ended

WAITS = """
    while times:
        pass
"""
GROWS = """
    return x * np.ones(2**40)
"""
WAITS_IN_C = """
    return x * sum(iter(int, 1))
"""
DIES = """
    import os
    os._exit(1)
"""
SQUARES = """
def double(x, times=2):
    if times < 0:
        raise ValueError
    return (x * x * times).astype(x.dtype)
"""


def add_mistake(course: Course, body: str) -> int:
    """Add a mistake to `double`, before those that it has, and return its line."""
    path = course.solution_path("double")
    text = path.read_text()
    added = f'@exercise.mistake\ndef never_ends(x, times=2):\n    """You never end."""{body}'
    at = text.index("@exercise.mistake")
    path.write_text(f"{text[:at]}{added}\n\n{text[at:]}")
    return text[:at].count("\n") + 1


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (WAITS, "one call takes more than 1,000,000 steps"),
        (GROWS, "it needs more than 1 GiB of memory"),
        (WAITS_IN_C, "it takes more than 1 seconds"),
        (DIES, "the process that ran it died"),
    ],
)
def test_a_mistake_that_does_not_end_is_stopped_with_its_line(
    tiny: Course,
    grader: Callable[..., Ended],
    monkeypatch: pytest.MonkeyPatch,
    body: str,
    why: str,
) -> None:
    """The others are proved all the same, and so is the exercise that builds on this one."""
    if body is WAITS_IN_C:
        monkeypatch.setattr(bounded, "SECONDS", 1.0)
        monkeypatch.setattr(bounded, "PATIENCE", 600)  # it is the computing that counts
    line = add_mistake(tiny, body)
    ended = grader("prove", "double", "quadruple")
    assert ended.code == 1
    assert ended.out.startswith(
        "double: 1 problem (5 cases, 5 mistakes)\n"
        f"  solutions/numbers/double.py:{line}: the mistake never_ends was stopped: {why}\n"
    )
    assert "quadruple: proved" in ended.out


def test_a_mistake_that_loops_holds_up_no_grade(
    tiny: Course, graded: Callable[..., Report]
) -> None:
    """Whoever made another one is told so, here and in an exercise that builds on this one."""
    add_mistake(tiny, WAITS)
    report = graded(SQUARES)
    assert report.outcome is Outcome.FAILED
    assert [each.mistake for each in report.diagnosis] == ["double.squares"]
    report = graded("def quadruple(x):\n    return 8 * x**4", "quadruple")
    assert [each.mistake for each in report.diagnosis] == ["double.squares"]


def test_a_part_that_keeps_a_later_loop_from_ending_is_given_up(
    tiny: Course, grader: Callable[..., Ended], graded: Callable[..., Report]
) -> None:
    """It is the loop of the later reference, which ends by itself; its author is told of it."""
    path = tiny.solution_path("double")
    text = path.read_text()
    at = text.index("@exercise.mistake")
    halts = "@exercise.mistake\ndef gives_nothing(x, times=2):\n    return 0 * x\n\n\n"
    halts = halts.replace("    return", '    """You stop."""\n    return')
    path.write_text(f"{text[:at]}{halts}{text[at:]}")
    later = tiny.solution_path("quadruple")
    loop = "    much = 1 + abs(x[:1]).astype(float)\n    while (much < 9).any():\n"
    loop += "        much = double(much)\n    return "
    later.write_text(later.read_text().replace("    return ", loop, 1))
    report = graded("def quadruple(x):\n    return 5 * x", "quadruple")
    assert report.outcome is Outcome.FAILED
    told = "quadruple does not end where a part of it has the mistake double.gives_nothing"
    assert told in grader("prove", "quadruple").out


def test_a_reference_that_does_not_end_is_told_with_its_file(
    tiny: Course, grader: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no mistake, and nothing can be proved."""
    monkeypatch.setattr(bounded, "SECONDS_TO_DRAW", 2.0)
    path = tiny.solution_path("double")
    endless = "    while times:\n        pass\n    return x * "
    path.write_text(path.read_text().replace("    return x * ", endless, 1))
    ended = grader("prove", "double")
    assert ended.code == 2
    assert "double.py: a case or a reference of double does not end in 2 seconds" in ended.err


def test_what_runs_mistakes_ends_with_whoever_started_it() -> None:
    """However that ended: here it was told nothing, and only closed the way to it."""
    code = "import time; from grader.authoring import bounded_child as b; b._end_with_parent()"
    root = str(Path(bounded.__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", f"{code}; time.sleep(3600)"], stdin=subprocess.PIPE, cwd=root
    )
    assert process.stdin
    process.stdin.close()
    assert process.wait() == 1


def test_a_case_that_fails_is_told_as_ever(tiny: Course, grader: Callable[..., Ended]) -> None:
    """What goes wrong in the other process is said in the words that it has here."""
    path = tiny.solution_path("double")
    path.write_text(path.read_text().replace("rng.normal(size=2).round(1)", "1 / 0", 1))
    for option in ("--table", "--mutants"):
        ended = grader("prove", "double", option)
        assert ended.code == 2
        assert "the case two_numbers cannot draw inputs: ZeroDivisionError" in ended.err
