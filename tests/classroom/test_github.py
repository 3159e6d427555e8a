"""The workflow for GitHub: its steps are run as a runner would, and its file is linted."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from grader.authoring.release import release
from grader.course.course import Course
from tests.conftest import ROOT, Ended

RIGHT = """
def double(x, times=2):
    if times < 0:
        raise ValueError("negative")
    return x * x.dtype.type(times)
"""
FAKE_GH = '#!/bin/sh\nprintf "%s\\n" "$@" > "$RUNNER_TEMP/posted"\n'


class Job(NamedTuple):
    """How a job went: the code of each step, the log, the summary, and what was posted."""

    codes: dict[str, int]
    log: str
    summary: str
    posted: str


def run_job(workflow: Path, repository: Path, temporary: Path) -> Job:
    """Run the steps that grade and post, in bash as GitHub does, with a `gh` that notes its use."""
    (temporary / "gh").write_text(FAKE_GH)
    (temporary / "gh").chmod(0o755)
    for name in ("posted", "summary", "output"):
        (temporary / name).touch()
    environment = {
        **os.environ,
        "PATH": f"{temporary}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "RUNNER_TEMP": str(temporary),
        "GITHUB_STEP_SUMMARY": str(temporary / "summary"),
        "GITHUB_OUTPUT": str(temporary / "output"),
        "GITHUB_REPOSITORY": "student/course",
        "GITHUB_SHA": "0123abc",
    }
    codes, log = {}, ""
    (job,) = yaml.safe_load(workflow.read_text())["jobs"].values()
    for step in job["steps"]:
        if "run" not in step or step["name"] == "Install the grader":
            continue
        outputs = dict(
            line.split("=", 1) for line in (temporary / "output").read_text().splitlines()
        )
        environment |= {name.upper(): value for name, value in outputs.items()}
        ended = subprocess.run(
            ["bash", "-e", "-c", step["run"]],
            cwd=repository,
            env=environment,
            capture_output=True,
            text=True,
        )
        codes[step["name"]], log = ended.returncode, log + ended.stdout + ended.stderr
    summary, posted = ((temporary / name).read_text() for name in ("summary", "posted"))
    return Job(codes, log, summary, posted)


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Return the runner's folder for what is needed during a job."""
    if sys.platform == "win32":
        pytest.skip("the workflow runs on Linux")
    (tmp_path / "runner").mkdir()
    return tmp_path / "runner"


def test_a_push_is_graded_and_its_points_are_posted(
    tiny: Course, tmp_path: Path, temporary: Path, grader: Callable[..., Ended]
) -> None:
    """The points are in a notice, the summary and the commit's status; and so is what is wrong."""
    assert grader("export", "github-classroom").code == 0
    tiny.exercise_path("double").write_text(RIGHT)
    tiny.exercise_path("quadruple").write_text("def quadruple(x):\n    return x + x\n")
    job = run_job(tmp_path / ".github/workflows/classroom.yml", tmp_path, temporary)
    assert job.codes == {"Grade": 0, "Say the points": 1, "Post the points on the commit": 0}
    assert "::notice title=Autograding complete::Points 8/12" in job.log
    assert '{"totalPoints": 8.0, "maxPoints": 12.0}' in job.log
    assert "| quadruple | failed | 0 of 4 |" in job.summary
    assert "\n\nYou double once." in job.summary
    assert "repos/student/course/statuses/0123abc" in job.posted
    assert "state=failure\n" in job.posted
    assert "description=Points 8/12\n" in job.posted


def test_the_course_may_lie_in_a_repository_of_its_own(
    tiny: Course, tmp_path: Path, temporary: Path, grader: Callable[..., Ended]
) -> None:
    """A student's repository then holds exercises and nothing else."""
    grader("export", "github-classroom", "double", "--course", "teacher/course", "-o", "w.yml")
    repository = tmp_path / "student"
    shutil.copytree(tmp_path / "exercises", repository / "exercises")
    (repository / ".course").mkdir()
    for name in ("course.yaml", "solutions", "exercises"):
        shutil.move(tmp_path / name, repository / ".course" / name)
    (repository / "exercises/numbers/double.py").write_text(RIGHT)
    job = run_job(tmp_path / "w.yml", repository, temporary)
    assert job.codes["Say the points"] == 0
    assert "Points 8/8" in job.posted


def test_a_released_course_brings_its_grader_along(
    tiny: Course, monkeypatch: pytest.MonkeyPatch, grader: Callable[..., Ended]
) -> None:
    """What is installed is the wheel that lies in the repository."""
    release(tiny, tiny.root / "released", range(1))
    monkeypatch.chdir("released")
    grader("export", "github-classroom", "-o", "w.yml")
    (named,) = re.findall(r"pip install \./(\S+)", Path("w.yml").read_text())
    assert Path(named).is_file()


def test_what_is_installed_is_what_the_course_was_made_with(
    tiny: Course, grader: Callable[..., Ended]
) -> None:
    """A wheel of this grader goes along; a name that somebody else may own is never installed."""
    ended = grader("export", "github-classroom")
    text = Path(".github/workflows/classroom.yml").read_text()
    (named,) = re.findall(r"pip install \./(\S+)", text)
    with zipfile.ZipFile(named) as wheel:
        assert "grader/__main__.py" in wheel.namelist()
        assert not any("bundled" in name for name in wheel.namelist())
    assert Path(named).name in ended.out
    grader("export", "github-classroom", "--grader", "git+https://example.org/g", "-o", "w/w.yml")
    assert [path.name for path in Path("w").iterdir()] == ["w.yml"]


def test_solutions_on_their_way_to_students_are_warned_of(
    tiny: Course, monkeypatch: pytest.MonkeyPatch, grader: Callable[..., Ended]
) -> None:
    """A release has none, and a course in a repository of its own keeps them."""
    assert "this folder holds the solutions" in grader("export", "github-classroom").err
    assert not grader("export", "github-classroom", "--course", "a/b").err
    release(tiny, tiny.root / "released", range(1))
    monkeypatch.chdir("released")
    assert not grader("export", "github-classroom").err


def test_definitions_that_were_installed_cannot_go_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grader: Callable[..., Ended]
) -> None:
    """The wheel without them would grade nothing: it is said before it is written."""
    grader("init", str(tmp_path / "course"))
    monkeypatch.chdir(tmp_path / "course")
    ended = grader("export", "github-classroom")
    assert ended.code == 2
    assert "Export from a release" in ended.err
    assert not Path(".github").exists()


def test_workflows_are_sound(tiny: Course, grader: Callable[..., Ended]) -> None:
    """A linter that knows GitHub's workflows finds nothing in what is written, nor in our own."""
    grader("export", "github-classroom", "-o", "own.yml")
    grader("export", "github-classroom", "--course", "teacher/course", "-o", "fetched.yml")
    lint = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    workflows = ["own.yml", "fetched.yml", str(ROOT / ".github/workflows/test.yml")]
    found = subprocess.run([*lint, *workflows], capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--unit", "numbrs"], "There are: numbers."),
        (["--course", "not a repository"], "OWNER/REPO"),
        (["doubel"], "Did you mean double?"),
        (["-o", "course.yaml/w.yml"], "the workflow cannot be written"),
    ],
)
def test_a_wrong_argument_is_one_message(
    tiny: Course, grader: Callable[..., Ended], arguments: list[str], message: str
) -> None:
    """What cannot be meant ends with a message and exit code 2, and nothing is written."""
    ended = grader("export", "github-classroom", *arguments)
    assert ended.code == 2
    assert message in ended.err
    assert not Path(".github").exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [("--grader", "a\nb: [x"), ("--grader", "\udcff"), ("--course", "../.."), ("--course", "a/..")],
)
def test_what_would_make_no_workflow_is_refused(
    tiny: Course, grader: Callable[..., Ended], option: str, value: str
) -> None:
    """In one sentence, before anything is written."""
    ended = grader("export", "github-classroom", option, value)
    assert ended.code == 2 and not Path(".github").exists()
