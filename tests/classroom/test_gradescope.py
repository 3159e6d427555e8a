"""The autograder for Gradescope, unpacked and run as Gradescope documents it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest

from grader.authoring.release import release
from grader.classroom.platforms.assignment import Assignment
from grader.classroom.platforms.gradescope import results_of
from grader.course.course import Course
from grader.records import Outcome, Report
from tests.conftest import Ended

RIGHT = """
def double(x, times=2):
    if times < 0:
        raise ValueError("negative")
    return x * x.dtype.type(times)
"""
SMALL_ONES_ONLY = RIGHT.replace("return", "return x[:50] if x.size > 50 else")
DOUBLES_ONCE = """
from exercises.numbers.double import double

def quadruple(x):
    return double(x)
"""

VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
TEST = {
    "score": {"type": "number"},
    "max_score": {"type": "number"},
    "status": {"enum": ["passed", "failed"]},
    "name": {"type": "string"},
    "number": {"type": "string"},
    "output": {"type": "string"},
    "visibility": VISIBILITY,
}
# The fields that Gradescope documents, of those that are used here.
RESULTS = {
    "type": "object",
    "required": ["score", "tests"],
    "additionalProperties": False,
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        "output_format": FORMAT,
        "test_output_format": FORMAT,
        "test_name_format": FORMAT,
        "visibility": VISIBILITY,
        "stdout_visibility": VISIBILITY,
        "extra_data": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["score", "name"],
                "additionalProperties": False,
                "properties": TEST,
            },
        },
    },
}


class Ran(NamedTuple):
    """How the autograder ended, what it printed, and its results, if it wrote any."""

    code: int
    printed: str
    results: dict[str, Any]


class Autograder(NamedTuple):
    """An autograder laid out as Gradescope does it."""

    root: Path

    def run(self) -> Ran:
        """Grade what lies in submission/."""
        ended = subprocess.run(
            [self.root / "run_autograder"],
            cwd=self.root,
            env={**os.environ, "AUTOGRADER_ROOT": ".", "AUTOGRADER_PYTHON": sys.executable},
            capture_output=True,
            text=True,
        )
        written = self.root / "results/results.json"
        results = json.loads(written.read_text()) if written.exists() else {}
        return Ran(ended.returncode, ended.stdout + ended.stderr, results)

    def hand_in(self, files: dict[str, str]) -> None:
        """Put files where Gradescope puts what a student uploads."""
        for name, text in files.items():
            path = self.root / "submission" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)


@pytest.fixture
def autograder(tiny: Course, tmp_path: Path, grader: Callable[..., Ended]) -> Autograder:
    """Export the tiny course and unpack it as Gradescope does."""
    if sys.platform == "win32":
        pytest.skip("Gradescope's machines run Linux")
    assert grader("export", "gradescope").code == 0
    root = tmp_path / "gradescope"
    with zipfile.ZipFile(tmp_path / "autograder.zip") as archive:
        archive.extractall(root / "source")
        for entry in archive.infolist():
            (root / "source" / entry.filename).chmod(entry.external_attr >> 16 & 0o777)
    (root / "source/run_autograder").rename(root / "run_autograder")
    (root / "submission").mkdir()
    return Autograder(root)


def scores(ran: Ran) -> dict[str, tuple[float, str]]:
    """Return the score and the visibility of every test by its name."""
    return {test["name"]: (test["score"], test["visibility"]) for test in ran.results["tests"]}


def test_a_submission_is_graded_wherever_its_files_lie(autograder: Autograder) -> None:
    """Every check has its score, output and visibility, and later files find the earlier ones."""
    autograder.hand_in(
        {
            "week1/double.py": RIGHT,
            "much/deeper/double.py": "1 / 0",
            "exercises/numbers/quadruple.py": DOUBLES_ONCE,
        }
    )
    ran = autograder.run()
    jsonschema.validate(ran.results, RESULTS)
    assert ran.code == 0
    assert scores(ran)["double: two numbers"] == (2.0, "visible")
    assert scores(ran)["double: many"] == (1.0, "hidden")
    assert scores(ran)["quadruple: a table"] == (0.0, "visible")
    assert ran.results["score"] == sum(test["score"] for test in ran.results["tests"]) == 8
    assert "You double once." in ran.results["output"]
    assert "graded week1/double.py; left aside much/deeper/double.py" in ran.results["output"]
    assert f"tier: {ran.results['extra_data']['tier']}" in ran.printed


def test_a_bad_submission_gets_a_score_of_0_and_a_reason(autograder: Autograder) -> None:
    """A link out of the submission is refused, and what is missing is not attempted."""
    (autograder.root / "submission/double.py").symlink_to("/etc/passwd")
    ran = autograder.run()
    jsonschema.validate(ran.results, RESULTS)
    assert ran.code == 0
    assert ran.results["score"] == 0
    assert [test["score"] for test in ran.results["tests"]] == [0, 0]
    refused, missing = (test["output"] for test in ran.results["tests"])
    assert "it is a link" in refused
    assert missing == "Not attempted."


def test_a_fault_of_the_grader_gives_no_score(autograder: Autograder) -> None:
    """Without results.json Gradescope says that the autograder failed; nobody gets a 0."""
    autograder.hand_in({"double.py": RIGHT})
    (autograder.root / "results").mkdir()
    (autograder.root / "results/results.json").write_text('{"score": 1}')
    (autograder.root / "source/course/solutions/numbers/double.py").write_text("def")
    ran = autograder.run()
    assert (ran.code, ran.results) == (3, {})
    assert "does not compile" in ran.printed


def test_the_zip_is_the_same_for_the_same_course(
    tiny: Course, tmp_path: Path, grader: Callable[..., Ended]
) -> None:
    """Two exports are equal byte for byte; the scripts in them can be executed."""
    names = ("double", "--hidden-checks", "visible")
    first = grader("export", "gradescope", *names, "-o", "a.zip")
    grader("export", "gradescope", *names, "-o", "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert "Give the assignment 8 points" in first.out
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        scripts = {e.filename for e in archive.infolist() if e.external_attr >> 16 & 0o111}
        assert json.loads(archive.read("assignment.json"))["exercises"] == ["double"]
        assert "course/solutions/numbers/double.py" in archive.namelist()
        assert not any("exercises/" in name for name in archive.namelist())
    assert scripts == {"run_autograder", "setup.sh"}


def test_a_released_course_has_nothing_to_pack(
    tiny: Course, monkeypatch: pytest.MonkeyPatch, grader: Callable[..., Ended]
) -> None:
    """Without solutions there is no autograder; the message says where to make one."""
    release(tiny, tiny.root / "released", range(1))
    monkeypatch.chdir("released")
    ended = grader("export", "gradescope")
    assert ended.code == 2
    assert "it holds no solutions" in ended.err
    assert not Path("autograder.zip").exists()


@pytest.mark.parametrize("visibility", ["hidden", "visible"])
def test_hidden_checks_count_and_are_shown_when_asked_for(
    graded: Callable[..., Report], visibility: str
) -> None:
    """Where only a hidden check fails, its student reads so only if hidden checks are visible."""
    report = graded(SMALL_ONES_ONLY)
    assert report.outcome is Outcome.FAILED
    results = results_of([report], Assignment(("double",), visibility))
    (many,) = (test for test in results["tests"] if test["name"] == "double: many")
    assert (many["score"], many["visibility"]) == (0.0, visibility)
    assert results["score"] == 7
    assert ("NOT YET" in results["output"]) is (visibility == "visible")
    assert ("Some checks are hidden" in results["output"]) is (visibility == "hidden")


def test_control_characters_do_not_reach_a_page(graded: Callable[..., Report]) -> None:
    """What a student's code says arrives as text and nothing more."""
    report = graded('def double(x, times=2):\n    raise ValueError("\\x1b[31m")\n')
    results = results_of([report], Assignment(("double",)))
    assert all("\x1b" not in text for text in [results["output"], results["tests"][0]["output"]])
