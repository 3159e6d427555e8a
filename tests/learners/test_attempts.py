"""What learners hand in: every right attempt passes in whatever style, every wrong one does not.

An attempt is a file `right_<style>.py` or `wrong_<what>.py` in the folder of its exercise. The
first lines of a wrong one say what is wrong, and with `# names:` which known mistakes the report
must name.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from grader.authoring import solution_text
from grader.course import Course, read_course
from grader.grade import grade
from grader.learner.sandbox import Sandbox
from grader.records import Outcome
from tests.conftest import ROOT

FOLDER = Path(__file__).parent
RIGHT = sorted(FOLDER.glob("*/right_*.py"))
WRONG = sorted(FOLDER.glob("*/wrong_*.py"))


def label(path: Path) -> str:
    """Return an attempt's name for the test's."""
    return f"{path.parent.name}-{path.stem}"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Lay out a course whose learner has solved everything, for attempts that lean on others."""
    root = tmp_path_factory.mktemp("finished")
    shutil.copy(ROOT / "course.yaml", root)
    shutil.copytree(ROOT / "solutions", root / "solutions")
    course = read_course(root)
    for name in course.exercises:
        path = course.exercise_path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(solution_text(course, name), "utf-8")
    return course


def test_every_exercise_has_attempts(course: Course) -> None:
    """At least six right and eight wrong ones each."""
    for name in course.exercises:
        assert sum(path.parent.name == name for path in RIGHT) >= 6, name
        assert sum(path.parent.name == name for path in WRONG) >= 8, name


@pytest.mark.parametrize("path", RIGHT, ids=label)
def test_a_right_attempt_passes(finished: Course, path: Path, sandbox: Sandbox) -> None:
    """Style never costs a point."""
    report = grade(finished, path.parent.name, path, sandbox=sandbox)
    failed = [check for check in report.checks if not check.passed]
    assert report.outcome is Outcome.PASSED, (report.seed, failed, report.diagnosis)


@pytest.mark.parametrize("path", WRONG, ids=label)
def test_a_wrong_attempt_is_rejected(finished: Course, path: Path, sandbox: Sandbox) -> None:
    """No wrong attempt passes, and the mistakes that it must be told are told."""
    report = grade(finished, path.parent.name, path, sandbox=sandbox)
    assert report.outcome is not Outcome.PASSED, report.seed
    assert report.outcome is not Outcome.GRADER_ERROR, report.diagnosis
    expected = re.findall(r"^# names: (\S+)", path.read_text("utf-8"), re.MULTILINE)
    named = {diagnosis.mistake for diagnosis in report.diagnosis}
    assert set(expected) <= named, (report.seed, report.diagnosis)
