"""The rooms of the house, and the one direction in which they may lean on each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import grader

PACKAGE = Path(grader.__file__).parent  # the source, or the wheel where that is what is tested

# From the ground up: a module may import from rooms above it in this list, and from its own.
ROOMS = [
    "errors",
    "seed",
    "tags",
    "records",
    "frozen",
    "panels",
    "exercise",
    "lesson",
    "released",
    "course",
    "packaging",
    "learner",
    "compare",
    "perform",
    "traces",
    "judge",
    "diagnose",
    "siblings",
    "attempt",
    "grade",
    "exhibit",
    "finale",
    "pool",
    "progress",
    "quiz",
    "authoring",
    "proving",
    "release",
    "contents",
    "layout",
    "beginnings",
    "present",
    "platforms",
    "pytest_plugin",
    "keys",
    "changes",
    "watch",
    "asking",
    "notebooks",
    "commands",
    "cli",
    "__main__",
]
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def imports(path: Path) -> list[str]:
    """Return the names that a module imports, wherever in it the imports stand."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def room_of(module: str) -> str:
    """Return the room of `grader.<room>...`."""
    return module.split(".")[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downwards(path: Path) -> None:
    """A module leans only on rooms nearer to the ground than its own."""
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    rooms = {room_of(name) for name in imports(path) if name.startswith("grader.")}
    above = {room for room in rooms if ROOMS.index(room) > ROOMS.index(own)}
    assert not above, f"{path.name} imports from {above}, above its own room"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_stay_short(path: Path) -> None:
    """A module tells one story in under 300 lines."""
    assert len(path.read_text("utf-8").splitlines()) < 300


def test_the_learners_side_imports_nothing_of_ours_but_the_wire() -> None:
    """The process that runs a learner's code never loads a part that could hold an answer."""
    ours = {name for name in imports(PACKAGE / "learner/child.py") if name.startswith("grader")}
    assert ours == {"grader.learner", "grader.learner.wire"}
    assert not any(name.startswith("grader") for name in imports(PACKAGE / "learner/wire.py"))
