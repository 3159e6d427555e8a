"""The rooms of the house, and the one direction in which they may lean on each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import grader
from grader.classroom.running.versions import DECIDING

PACKAGE = Path(grader.__file__).parent  # the source, or the wheel where that is what is tested
# From the ground up: a module imports from the rooms before its own in this list, and its own.
ROOMS = (
    *(
        "accents",
        "syntax",
        "errors",
        "backstop",
        "files",
        "records",
        "exercise",
        "course",
        "learner",
        "grading",
    ),
    *("quiz", "authoring", "present", "notebooks", "classroom", "terminal"),
)


def test_imports_point_downwards() -> None:
    """A module leans only on rooms nearer to the ground than its own."""
    upwards = [
        f"{path} imports {name}"
        for path in PACKAGE.rglob("*.py")
        if (own := _room(path)) in ROOMS
        for name in _imports(path)
        if (room := name.split(".")[1:2]) and ROOMS.index(room[0]) > ROOMS.index(own)
    ]
    assert not upwards, "\n".join(upwards)


def test_modules_and_functions_stay_short() -> None:
    """A module tells one story in under 300 lines, a function in at most 40."""
    long = [
        f"{path}: {len(path.read_text('utf-8').splitlines())} lines"
        for path in PACKAGE.rglob("*.py")
        if len(path.read_text("utf-8").splitlines()) >= 300
    ]
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                long += [f"{path}:{node.lineno}: {node.name}, {length} lines"] * (length > 40)
    assert not long, "\n".join(long)


def test_the_learners_side_imports_nothing_of_ours_but_the_wire() -> None:
    """The process that runs a learner's code never loads a part that could hold an answer."""
    inside = {name for path in (PACKAGE / "learner/inside").glob("*.py") for name in _imports(path)}
    allowed = ("grader.learner.inside", "grader.learner.wire")
    assert not [name for name in inside if not name.startswith(allowed)]
    assert not list(_imports(PACKAGE / "learner/wire.py"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[str]:
    """Yield what a module imports of ours, wherever in it the imports stand."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name.startswith("grader."))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("grader"):
            yield from (f"{node.module}.{each.name}" for each in node.names)


def test_all_that_decides_a_report_is_part_of_its_version() -> None:
    """A class is graded again where any of it has changed, so no room may be left out."""
    deciding = ROOMS[: ROOMS.index("grading") + 1]
    assert {name.removesuffix(".py") for name in DECIDING} == {*deciding}
