"""The autograder for Gradescope, unpacked and run as Gradescope documents it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any, NamedTuple

import jsonschema
import pytest

from grader.authoring.release import release
from grader.classroom.platforms.assignment import Assignment
from grader.classroom.platforms.gradescope import results_of
from grader.classroom.platforms.uploads import lay_out
from grader.course.course import Course
from grader.notebooks.write import notebook_of
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


def test_a_fault_of_the_grader_is_told_as_one(autograder: Autograder) -> None:
    """What was judged keeps its points; the student reads that the rest is not judged, and why."""
    autograder.hand_in({"double.py": RIGHT, "quadruple.py": DOUBLES_ONCE})
    (autograder.root / "source/course/solutions/numbers/quadruple.py").write_text("def")
    ran = autograder.run()
    jsonschema.validate(ran.results, RESULTS)
    assert ran.code == 0
    assert "does not compile" in ran.printed
    assert ran.results["score"] == 8
    assert ran.results["extra_data"]["not_judged"] == ["quadruple"]
    assert ran.results["output"].startswith("NOT JUDGED: the grader failed, and not you.")
    assert ran.results["tests"][-1]["output"].startswith("NOT JUDGED")


@pytest.mark.parametrize("missing", ["assignment", "python"])
def test_results_are_written_whatever_happens(
    autograder: Autograder, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    """Older ones do not stay, and nobody is told that the submission was at fault."""
    (autograder.root / "results").mkdir()
    (autograder.root / "results/results.json").write_text('{"score": 1}')
    if missing == "assignment":
        (autograder.root / "source/assignment.json").unlink()
    else:
        monkeypatch.setattr(sys, "executable", "/nowhere/python")
    ran = autograder.run()
    jsonschema.validate(ran.results, RESULTS)
    assert (ran.code, ran.results["score"]) == (0, 0)
    assert ran.results["output"].startswith("NOT JUDGED: the grader failed, and not you.")
    assert ran.results["extra_data"] == {"not_judged": ["everything"]}
    assert "exit code of the grader: " in ran.printed


def test_a_report_that_cannot_be_written_costs_no_points(
    graded: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checks are there all the same."""
    monkeypatch.setattr("grader.classroom.platforms.gradescope.render_summary", None)
    results = results_of([graded(SMALL_ONES_ONLY)], Assignment(("double",)), ["a note"])
    assert results["score"] == 7
    assert results["output"].startswith("a note\n\nThe report cannot be shown.")


def test_a_notebook_is_graded(autograder: Autograder, tiny: Course) -> None:
    """Its cells are the answers; a file with an exercise's name goes before a cell."""
    notebook = json.loads(notebook_of(tiny, tiny.exercises))
    sources = {"double-stub": RIGHT, "quadruple-stub": DOUBLES_ONCE}
    for cell in notebook["cells"]:
        cell["source"] = sources.get(cell["id"], cell["source"])
    autograder.hand_in({"week 1.ipynb": json.dumps(notebook)})
    ran = autograder.run()
    jsonschema.validate(ran.results, RESULTS)
    assert ran.results["score"] == 8
    assert "You double once." in ran.results["output"]
    autograder.hand_in({"quadruple.py": DOUBLES_ONCE.replace("(x)", "(double(x))", 2)})
    ran = autograder.run()
    assert "quadruple: graded quadruple.py; left aside week 1.ipynb." in ran.results["output"]
    autograder.hand_in({"week 1.ipynb": "{"})
    assert (
        "week 1.ipynb was not graded: this notebook breaks off"
        in autograder.run().results["output"]
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("double (1).py", "double (1).py was taken for double.py, because it defines double."),
        ("Double.py", "Double.py was taken for double.py"),
        ("DOUBLE.PY", "DOUBLE.PY was taken for double.py"),
        ("double.py.txt", "double.py.txt was taken for double.py"),
        ("homework.py", "homework.py was taken for double.py"),
    ],
)
def test_a_file_of_another_name_is_known_by_what_it_defines(
    autograder: Autograder, name: str, told: str
) -> None:
    """It is graded and told; beside one of the right name, it is told and left aside."""
    autograder.hand_in({name: RIGHT, "__MACOSX/._double.py": "x"})
    ran = autograder.run()
    assert ran.results["score"] == 8
    assert told in ran.results["output"]
    assert "MACOSX" not in ran.results["output"]
    autograder.hand_in({"double.py": "1 / 0"})
    ran = autograder.run()
    assert ran.results["score"] == 0
    assert f"double: graded double.py; left aside {name}." in ran.results["output"]


def test_what_is_not_understood_is_named(
    tiny: Course, tmp_path: Path, grader: Callable[..., Ended]
) -> None:
    """With the names of the assignment's exercises, and of no others."""
    uploaded = tmp_path / "uploaded"
    uploaded.mkdir()
    (uploaded / "notes.py").write_text("x = 1\n")
    (uploaded / "all.zip").write_bytes(b"PK\x03\x04")
    (uploaded / "binary.py").write_bytes(b"\0\1\2")
    notes = lay_out(tiny.root, uploaded, tmp_path / "laid", ["quadruple"]).notes
    assert "binary.py was not graded: the file holds a zero byte" in notes[0]
    assert notes[1:] == (
        "Not graded: all.zip and notes.py. A file bears its exercise's name: quadruple.py; or it is"
        " the notebook of the course.",
        "No exercise of this assignment was handed in.",
    )


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("f{}.py", "x = [" + "1," * 200_000 + "]\n"),
        ("f{}.txt", "x" * 400_000),
        (
            "n{}.ipynb",
            json.dumps({"cells": [{"cell_type": "markdown", "source": ["\n"] * 90_000}] * 9}),
        ),
        ("n{}.ipynb", json.dumps({"cells": [{"cell_type": "code", "source": "f()\n" * 20_000}]})),
        ("n{}.ipynb", json.dumps({"cells": [{}] * 90_000})),
    ],
)
def test_what_is_looked_through_for_answers_is_bounded(
    tiny: Course, tmp_path: Path, name: str, body: str
) -> None:
    """Of very many large files the first are, and each of the others says why it was not."""
    uploaded = tmp_path / "uploaded"
    uploaded.mkdir()
    for number in range(40):
        (uploaded / name.format(number)).write_text(body)
    (uploaded / "double.py").write_text(RIGHT)
    found = lay_out(tiny.root, uploaded, tmp_path / "into")
    assert any("the hand-in hold" in note for note in found.notes)
    assert found.course.exercise_path("double").read_text() == RIGHT


def test_files_are_not_compared_with_each_other(
    tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody may hand in thousands."""
    uploaded, count = tmp_path / "uploaded", [0]
    uploaded.mkdir()
    for number in range(40):
        (uploaded / f"{number}.ipynb").touch()
        (uploaded / f"{number}.zz").touch()
    plain = PurePath.__eq__

    def counted(one: PurePath, other: object) -> bool:
        count[0] += 1
        return plain(one, other)

    monkeypatch.setattr(PurePath, "__eq__", counted)
    lay_out(tiny.root, uploaded, tmp_path / "into")
    assert count[0] < 400


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
