"""The lesson of an exercise as a learner reads it in a terminal."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.exercise.definition import Definition
from grader.present.style import Style
from grader.syntax import tree_of


def render_lesson(definition: Definition, stub: str, file: str, style: Style) -> str:
    """Return a lesson, what is to be written, and the `file` in which that is."""
    lines = [part for line in style.wrap(definition.lesson) for part in _fitted(line, style)]
    asked = [part for line in _asked(stub) for part in _fitted(line, style)]
    return "\n".join([*lines, "", *asked, *style.wrap(f"Your file: {file}")])


def _asked(stub: str) -> Iterator[str]:
    """Yield the lines of what a stub has to be filled in, which a learner's own file may lack."""
    lines = stub.splitlines()
    for node in tree_of(stub).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield from lines[node.lineno - 1 : node.end_lineno]
            yield ""


def _fitted(line: str, style: Style) -> list[str]:
    """Return a line of a table or a formula in as many as the terminal needs."""
    return [line] if len(line) <= style.width else style.fold(line)
