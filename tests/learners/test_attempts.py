"""What learners hand in: every right attempt passes in whatever style, every wrong one does not.

An attempt is a file `right_<style>.py` or `wrong_<what>.py` in the folder of its exercise. The
first lines of a wrong one say what is wrong, and with `# names:` which known mistakes the report
must name.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import Course
from grader.learner.sandbox import Sandbox
from grader.records import Outcome, Report
from tests.conftest import ROOT
from tests.learners.table import FOLDER, expected, lay_out, names_in, render, reports_of

RIGHT = sorted(FOLDER.glob("*/right_*.py"))
WRONG = sorted(FOLDER.glob("*/wrong_*.py"))


def label(path: Path) -> str:
    """Return an attempt's name for the test's."""
    return f"{path.parent.name}-{path.stem}"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> dict[Path, Report]:
    """Grade all attempts in a course whose learner has solved everything."""
    return reports_of(lay_out(ROOT, tmp_path_factory.mktemp("finished")), sandbox)


def test_every_exercise_has_attempts(course: Course) -> None:
    """At least six right and eight wrong ones each."""
    for name in course.exercises:
        assert sum(path.parent.name == name for path in RIGHT) >= 6, name
        assert sum(path.parent.name == name for path in WRONG) >= 8, name


@pytest.mark.parametrize("path", RIGHT, ids=label)
def test_a_right_attempt_passes(reports: dict[Path, Report], path: Path) -> None:
    """Style never costs a point."""
    report = reports[path]
    failed = [check for check in report.checks if not check.passed]
    assert report.outcome is Outcome.PASSED, (failed, report.diagnosis)


@pytest.mark.parametrize("path", WRONG, ids=label)
def test_a_wrong_attempt_is_rejected(reports: dict[Path, Report], path: Path) -> None:
    """No wrong attempt passes, and the mistakes that it must be told are told."""
    report = reports[path]
    assert report.outcome is not Outcome.PASSED
    assert report.outcome is not Outcome.GRADER_ERROR, report.diagnosis
    assert expected(path) <= names_in(report), report.diagnosis


def test_the_documented_table_is_that_of_today(reports: dict[Path, Report]) -> None:
    """The docs count as many attempts as there are; how many are named depends on the time."""
    documented = (ROOT / "docs/diagnosis.md").read_text("utf-8")
    for row in render(reports).splitlines():
        assert "|".join(row.split("|")[:6]) in documented, "run `make attempts`"
