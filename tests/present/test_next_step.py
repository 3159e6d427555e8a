"""What to do after a report depends on how it came about, and on what became of it."""

from __future__ import annotations

import pytest

from grader.present.next_step_text import GradedBy, say_after
from grader.records import CaseResult, Outcome, Report


def report(outcome: Outcome) -> Report:
    """Return a report of one check."""
    check = Outcome.PASSED if outcome is Outcome.PASSED else Outcome.FAILED
    checks = (CaseResult("case", "double", check, 0.0, 1.0),)
    return Report("double", "exercises/double.py", outcome, checks)


@pytest.mark.parametrize(
    ("by", "step"),
    [
        (GradedBy.COMMAND, "Next: mend exercises/double.py and grade again."),
        (GradedBy.SAVE, "Save exercises/double.py, and it is graded again."),
        (GradedBy.CELL, "Next: mend it, run its cell, and run this one again."),
    ],
)
def test_each_way_of_grading_has_its_own_next_step(by: GradedBy, step: str) -> None:
    """Once passed, the course goes on; a fault of ours asks for nothing but a word about it."""
    assert say_after(report(Outcome.FAILED), by, "Go on.").startswith(step)
    assert say_after(report(Outcome.PASSED), by, "Go on.") == "Go on."
    assert "no points were lost" in say_after(report(Outcome.GRADER_ERROR), by)


def test_an_exercise_is_written_before_it_is_mended() -> None:
    """An untouched stub has nothing to mend."""
    for by in (GradedBy.COMMAND, GradedBy.CELL):
        assert say_after(report(Outcome.NOT_ATTEMPTED), by).startswith("Next: write ")
