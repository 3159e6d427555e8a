"""Courses to test with, and a command line to call."""

from __future__ import annotations

import io
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from grader.authoring.stubs import write_stub
from grader.course.course import Course, Unit, read_course
from grader.exercise.definition import Definition
from grader.grading.from_code import FromCode
from grader.grading.grade import grade
from grader.grading.trials import Paper
from grader.learner.outside.sandbox import Sandbox
from grader.records import Report
from grader.terminal.app import run

ROOT = Path(__file__).parents[1]

settings.register_profile("steady", deadline=None)  # a busy machine is no failure
settings.register_profile("wide", deadline=None, max_examples=400)  # for `make test-all`
settings.load_profile("steady")

DOUBLE = '''"""Double: twice as much.

The lesson of a small exercise.
"""

import numpy as np

from grader.exercise import Exercise, inputs

exercise = Exercise(hints=["What is x + x?", "Multiply."])


@exercise.reference
def double(x, times=2):
    """Multiply.

    Returns
    -------
    doubled : (..., n)
        As much as asked for.
    """
    if times < 0:
        raise ValueError("times must not be negative")
    return x * x.dtype.type(times)


@exercise.case(points=2)
def two_numbers(rng):
    return inputs(rng.normal(size=2).round(1))


@exercise.case
def three_times(rng):
    return inputs(rng.normal(size=(2, 3)), times=3)


@exercise.case(hidden=True)
def many(rng):
    return inputs(rng.normal(size=100))


@exercise.case(raises=ValueError)
def refuses_less_than_nothing(rng):
    return inputs(rng.normal(size=2), times=-1)


@exercise.case
def single_precision(rng):
    return inputs(rng.normal(size=3).astype(np.float32))


@exercise.mistake
def ignores_times(x, times=2):
    """You always double.

    What is `times` for?
    """
    return double(x) if times >= 0 else double(x, times)


@exercise.mistake
def squares(x, times=2):
    """You square."""
    return double(x, times) * x


@exercise.mistake
def works_in_place(x, times=2):
    """You change the caller's array."""
    if times < 0:
        raise ValueError("negative")
    x *= times
    return x


@exercise.mistake
def always_double_precision(x, times=2):
    """You return float64 for float32."""
    return double(x, times).astype(np.float64)
'''

QUADRUPLE = '''"""Quadruple: double, twice."""

from grader.exercise import Exercise, inputs
from solutions.numbers.double import double

exercise = Exercise(hints=["Double the double."])


@exercise.reference
def quadruple(x):
    """Double twice.

    Returns
    -------
    quadrupled : (..., n)
        Four times x.
    """
    return double(double(x))


@exercise.case
def two_numbers(rng):
    return inputs(rng.normal(size=2).round(1))


@exercise.case
def a_table(rng):
    return inputs(rng.normal(size=(2, 3)))


@exercise.mistake
def doubles_once(x):
    """You double once."""
    return double(x)
'''


def paper_of(definition: Definition, seed: int, course: Course | None = None) -> Paper:
    """Draw a definition for a seed; without a `course` there are no earlier exercises."""
    unit = Unit(definition.unit, "", (definition.name,), ())
    return FromCode(course or Course(ROOT, "", (unit,)), definition.name, definition).draw(seed)


TINY = """
title: Numbers
units:
  numbers:
    title: Small numbers
    exercises: [double, quadruple]
    quizzes: [sums]
"""

SUMS = """
quiz: sums
title: Sums
questions:
- id: one-and-one
  ask: What is 1 + 1?
  choices:
  - right: two
    because: Count your thumbs.
  - wrong: three
    because: That is one thumb too many.
  practise: double
- id: two-and-two
  ask: What is 2 + 2?
  choices:
  - wrong: five
    because: Only for very large values of 2.
  - right: four
    because: Count your legs and arms.
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: what a learner's code does is waited for, often to its end."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def course() -> Course:
    """Return the course of this repository, with whatever somebody wrote in its exercises."""
    return read_course(ROOT)


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Lay out this repository's course with untouched stubs, for tests that only read it."""
    return lay_out(tmp_path_factory.mktemp("untouched"))


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Lay out a course of two small exercises and a quiz, and go there."""
    for folder in ("solutions/numbers", "quizzes"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "course.yaml").write_text(TINY)
    (tmp_path / "solutions/numbers/double.py").write_text(DOUBLE)
    (tmp_path / "solutions/numbers/quadruple.py").write_text(QUADRUPLE)
    (tmp_path / "quizzes/sums.yaml").write_text(SUMS)
    monkeypatch.chdir(tmp_path)
    return _with_stubs(tmp_path)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Lay out this repository's course with untouched stubs, and go there."""
    monkeypatch.chdir(tmp_path)
    return lay_out(tmp_path)


def lay_out(folder: Path) -> Course:
    """Copy this repository's course to a folder, with untouched stubs."""
    shutil.copy(ROOT / "course.yaml", folder)
    for part in ("solutions", "quizzes", "models"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, folder / part, ignore=ignore)
    return _with_stubs(folder)


def _with_stubs(folder: Path) -> Course:
    course = read_course(folder)
    for name in course.exercises:
        write_stub(course, name)
    return course


class Kept:
    """A sandbox that outlives the commands that are done with it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def __getattr__(self, name: str) -> object:
        return getattr(self._sandbox, name)

    def close(self) -> None:
        """Leave it open for the next test."""


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Open a warm sandbox in the best tier of this machine."""
    with Sandbox(warm=True) as opened:
        yield opened


@pytest.fixture
def grader(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> Callable[..., Ended]:
    """Return a function that runs one `grader` command with what is typed into it."""

    def command(*arguments: str, typed: str = "") -> Ended:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        capsys.readouterr()
        code = run(list(arguments), Kept(sandbox))  # type: ignore[arg-type]
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return command


@pytest.fixture
def graded(tiny: Course, sandbox: Sandbox) -> Callable[..., Report]:
    """Return a function that grades source as the answer to an exercise of the tiny course."""

    def answer(source: str, exercise: str = "double", **options: Any) -> Report:
        tiny.exercise_path(exercise).write_text(source)
        return grade(tiny, exercise, seed=1, **({"sandbox": sandbox} | options))

    return answer


# Rooms whose tests try many ways of one thing: of so many `make test` tries one.
THINNED = {
    **{"attacks": 14, "classroom": 10, "grading": 4, "diagnose": 4, "notebooks": 4},
    **{"learner": 2, "authoring": 2, "terminal": 2},
}


@pytest.hookimpl(tryfirst=True)  # before it is asked which tests are wide
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave most cases of a test that has many to `make test-all`."""
    seen: Counter[tuple[Path, str]] = Counter()
    for item in items:
        share = THINNED.get(item.path.parent.name, 1)
        name, _, way = item.name.partition("[")
        if way and item.path.name != "test_attacks.py":
            if seen[item.path, name] % share:
                item.add_marker(pytest.mark.wide)
            seen[item.path, name] += 1
