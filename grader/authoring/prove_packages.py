"""Proves that learners have what a definition imports or forbids: their course lists it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from grader.authoring.proof import Problem
from grader.course.course import CONTENTS, Course
from grader.course.packages import modules_of
from grader.course.solutions import source_of
from grader.exercise.definition import Definition
from grader.exercise.stub_text import solution_text

_ALWAYS = {*sys.stdlib_module_names, "numpy", "grader", "solutions", "exercises"}


def package_problems(course: Course, definition: Definition) -> Iterator[Problem]:
    """Find packages that references import, or that functions to do without are from, unlisted."""
    listed = modules_of(course.installed_packages())
    if definition.name in listed:
        what = f"{definition.name} is a module of a package of this course, which would not be"
        yield Problem(definition.path, f"{what} found beside an exercise of that name: rename it")
    there = _ALWAYS | listed
    tree = ast.parse(Path(definition.path).read_text("utf-8"))
    answer = ast.parse(solution_text(source_of(course, definition.name)))
    imported = {top for node in ast.walk(answer) for top in _imported(node)}
    for top in sorted(imported - there):
        where = _line(definition, tree, partial(_imports, top))
        yield Problem(where, f"this imports {top}, {_listed(top)}")
    for name in definition.without:
        top, dot, _ = name.partition(".")
        if dot and top not in there:
            where = _line(definition, tree, partial(_is_text, name))
            yield Problem(where, f"this does without {name}, {_listed(top)}")


def _listed(top: str) -> str:
    return (
        f"which no learner can import: list its package in {CONTENTS}, `packages: [{top}]`, or"
        " take it out"
    )


def _line(definition: Definition, tree: ast.AST, is_it: Callable[[ast.AST], bool]) -> str:
    lines = [node.lineno for node in ast.walk(tree) if hasattr(node, "lineno") and is_it(node)]
    return f"{definition.path}:{min(lines)}" if lines else definition.path


def _imports(top: str, node: ast.AST) -> bool:
    return top in _imported(node)


def _is_text(text: str, node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == text


def _imported(node: ast.AST) -> set[str]:
    """Return the packages that a statement imports from."""
    if isinstance(node, ast.Import):
        return {each.name.partition(".")[0] for each in node.names}
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return {node.module.partition(".")[0]}
    return set()
