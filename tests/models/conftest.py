"""A course in which somebody has written some of the exercises, and a sandbox for all tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from grader.authoring.stubs import solution_text
from grader.course.course import Course, read_course
from grader.grading.models import RunningModel, open_model
from grader.learner.outside.sandbox import Sandbox
from grader.records import Submission
from tests.conftest import ROOT

Together = Callable[[Sequence[str]], RunningModel]


def written(course: Course, name: str) -> Submission:
    """Return an exercise as a learner might have written it: as the reference is."""
    lines = solution_text(course, name).splitlines(keepends=True)
    source = "".join(line for line in lines if not line.startswith("@exercise"))
    path = f"exercises/{course.unit_of(name)}/{name}.py"
    return Submission(name, course.unit_of(name), path, source.encode())


@pytest.fixture(scope="session")
def warm() -> Iterator[Sandbox]:
    """Return a sandbox that serves many."""
    with Sandbox(warm=True) as sandbox:
        yield sandbox


@pytest.fixture
def together(course: Course, warm: Sandbox) -> Together:
    """Return what makes a translator of some exercises of a learner's, and references."""

    def together(names: Sequence[str]) -> RunningModel:
        running = open_model(course, "transformer", warm, only_references=True)
        assert running
        own = {name: written(course, name) for name in names}
        running.functions = running.functions._replace(own=own)
        return running

    return together


@pytest.fixture
def all_of_it(course: Course) -> Sequence[str]:
    """Return every exercise that the model may lean on."""
    return (*course.earlier("transformer"), "transformer")


@pytest.fixture
def lived_in(tmp_path: Path) -> Course:
    """Return a copy of the course, to be written in."""
    for folder in ("exercises", "solutions", "models"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "course.yaml", tmp_path)
    return read_course(tmp_path)
