"""A course to attack, laid out where everybody may read it."""

from __future__ import annotations

import os
import py_compile
import shutil
import signal
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.authoring.stubs import write_stub
from grader.course.course import Course, read_course
from grader.course.progress import Progress
from tests.attacks.arena import HARMLESS, SANDBOXES, SECRET_NAME, Arena, adopt_orphans
from tests.attacks.bounds import RELEASED


@pytest.fixture(scope="session", autouse=True)
def secret() -> Iterator[None]:
    """Put something into the environment that nobody on the other side may see."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SECRET_NAME, f"attacked-{uuid.uuid4().hex}")
        # What is written beside the course's files during an attack is then not Python's, nor ours.
        patch.setattr(sys, "dont_write_bytecode", True)
        yield
        for sandbox in SANDBOXES.values():
            sandbox.close()


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Return a folder that everybody may read, unlike pytest's: a course often lies in one."""
    with tempfile.TemporaryDirectory(prefix="attacked-course-") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@pytest.fixture
def released(tmp_path: Path) -> Course:
    """Lay out a released course, as a class gets it."""
    shutil.copytree(RELEASED, tmp_path / "course")
    course = read_course(tmp_path / "course")
    for name in course.exercises:
        write_stub(course, name)
    return course


@pytest.fixture
def arena(tiny: Course) -> Iterator[Arena]:
    """Lay out the course and a folder for everybody, and listen for signals."""
    for name in tiny.exercises:
        py_compile.compile(str(tiny.solution_path(name)), doraise=True)
    with Progress(tiny.root) as progress:
        progress.take_hint("double")
    adopt_orphans(True)
    with tempfile.TemporaryDirectory(prefix="attacked-") as folder:
        os.chmod(folder, 0o777)
        arena = Arena(tiny, Path(folder))
        handlers = [signal.signal(sent, lambda s, _: arena.signals.append(s)) for sent in HARMLESS]
        yield arena
        for sent, handler in zip(HARMLESS, handlers, strict=True):
            signal.signal(sent, handler)
    adopt_orphans(False)
