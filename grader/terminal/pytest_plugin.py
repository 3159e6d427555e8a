"""Shows an exercise's checks as pytest's own, and leaves every other file to pytest.

pytest loads this in every project that shares its environment with the grader, so nothing is
imported here but pytest; the rest waits until a file turns out to be an exercise of a course. Such
a file is never imported: it is judged across the same border as by `grader grade`.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the one option that a grade has here."""
    group = parser.getgroup("grader", "exercises graded by attention-course")
    group.addoption("--grader-seed", type=_seed, metavar="N", help="draw the same inputs again")


def _seed(text: str) -> int:
    """Return the seed that an option gives; what is none is said by pytest."""
    from grader.course.seed import MAX_SEED  # other projects never need it

    if not text.isdecimal() or int(text) > MAX_SEED:
        raise argparse.ArgumentTypeError(f"a seed is a whole number from 0 to {MAX_SEED}")
    return int(text)


@pytest.hookimpl(hookwrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Generator[None, Any, None]:
    """Put an exercise in the place of the module that pytest would import."""
    outcome = yield
    if _is_exercise(file_path):
        from grader.terminal.pytest_items import ExerciseFile  # other projects never need it

        outcome.force_result([ExerciseFile.from_parent(parent, path=file_path)])


def _is_exercise(path: Path) -> bool:
    """Tell whether a file stands where a course of ours has an exercise.

    It has the definition or the answer key that belongs to it, or says that these came with the
    grader.
    """
    if path.suffix != ".py" or path.parent.parent.name != "exercises":
        return False
    root, unit = path.parents[2], path.parent.name
    try:
        contents = _begin_of(root / "course.yaml")
        if re.search(rb"^definitions: *bundled", contents, re.MULTILINE):
            return True
        if (root / "keys" / unit / f"{path.stem}.json").is_file():
            return (root / "release.json").is_file()
        return b"grader.exercise" in _begin_of(root / "solutions" / unit / path.name)
    except OSError:
        return False


def _begin_of(path: Path) -> bytes:
    """Return what a file begins with; of what is no file, such as a pipe, nothing is read."""
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(1_000_000)
