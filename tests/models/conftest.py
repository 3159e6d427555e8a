"""A course in which somebody has written some of the exercises, and a sandbox for all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from grader.authoring.stubs import solution_text
from grader.course.course import Course
from grader.grading.model_files import Choice
from grader.grading.models import RunningModel, open_model
from grader.learner.outside.sandbox import Sandbox
from grader.records import Submission

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
        running = open_model(course, "transformer", warm, choice=Choice.NONE)
        assert running
        own = {name: written(course, name) for name in names}
        running.functions = running.functions._replace(own=own)
        return running

    return together


@pytest.fixture
def all_of_it(course: Course) -> Sequence[str]:
    """Return every exercise that the model may lean on."""
    return (*course.earlier("transformer"), "transformer")
